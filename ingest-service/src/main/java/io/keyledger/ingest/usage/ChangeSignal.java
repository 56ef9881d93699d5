package io.keyledger.ingest.usage;

import io.keyledger.client.RowListener;

/** Says that rows were applied, without saying which. */
public final class ChangeSignal implements RowListener {

    private volatile Runnable receiver = () -> {};

    void to(Runnable newReceiver) {
        receiver = newReceiver;
    }

    @Override
    public void onRow(AppliedRow row) {
        receiver.run();
    }
}
