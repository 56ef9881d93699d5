package io.keyledger.ingest.usage;

/** Says that rows were applied, without saying which. */
public final class ChangeSignal implements Runnable {

    private volatile Runnable receiver = () -> {};

    void to(Runnable newReceiver) {
        receiver = newReceiver;
    }

    @Override
    public void run() {
        receiver.run();
    }
}
