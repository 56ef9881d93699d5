package io.keyledger.key.ledger.streams;

import io.keyledger.key.ledger.CommandReply;
import java.util.List;

/**
 * What became of one command, whole and ready: all that could fail has been done, and nothing has been written.
 *
 * @param records to forward, the reply last
 * @param stores writes the stores
 */
record Ruling(CommandReply reply, List<Outgoing> records, Runnable stores) {

    Ruling {
        records = List.copyOf(records);
    }
}
