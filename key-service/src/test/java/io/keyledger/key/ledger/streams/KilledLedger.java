package io.keyledger.key.ledger.streams;

import io.keyledger.event.SystemId;
import io.keyledger.key.ledger.Command;
import java.nio.file.Path;
import java.util.UUID;

/** A ledger in a process of its own, to be killed: it sends itself commands and prints what was answered. */
final class KilledLedger {

    static final String ANSWERED = "answered ";

    private KilledLedger() {}

    public static void main(String[] args) throws Exception {
        try (var node = TestNode.start(args[0], Path.of(args[1]))) {
            var organization = node.organization();
            while (true) {
                var system = new SystemId(UUID.randomUUID());
                TestNode.applied(node.ask(organization, new Command.RegisterSystem(system, "System " + system)));
                System.out.println(ANSWERED + system);
            }
        }
    }
}
