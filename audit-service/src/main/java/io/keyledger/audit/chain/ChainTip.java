package io.keyledger.audit.chain;

import io.keyledger.codec.Chain;
import io.keyledger.codec.Fingerprint;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/**
 * How far a partition's chain has come.
 *
 * @param revision of the last event; 0 before the first one
 * @param chain the last event's chain value, or the beginning of the chain
 * @param verified whether everything up to here holds
 */
public record ChainTip(long revision, Bytes chain, boolean verified) {

    /** One step along the chain. */
    public record Step(ChainTip tip, Optional<Fault> fault) {}

    /**
     * Why a step does not hold.
     *
     * @param detail a sentence that says what was expected and what came
     */
    public record Fault(AlarmKind kind, String detail) {}

    /** Where the partition's chain begins. */
    public static ChainTip genesis(UUID ledgerId, int partition) {
        return new ChainTip(0, Bytes.of(Chain.genesis(ledgerId, partition)), true);
    }

    /**
     * Takes the next event of the partition. After a fault the chain goes on from the event as the log has it, so that one
     * fault is told once; but nothing after it counts as verified.
     *
     * @throws IllegalArgumentException if the event's revision is not after this one
     */
    public Step step(Evidence next) {
        if (next.revision() <= revision) {
            throw new IllegalArgumentException(
                    "Expected a revision after " + revision + ", but got " + next.revision() + ".");
        }
        var fault = fault(next);
        return new Step(new ChainTip(next.revision(), next.chain(), verified && fault.isEmpty()), fault);
    }

    private Optional<Fault> fault(Evidence next) {
        var leaf = leafFault(next);
        if (leaf.isPresent()) {
            return leaf;
        }
        if (next.revision() != revision + 1) {
            return Optional.of(new Fault(
                    AlarmKind.GAP,
                    "Expected revision " + (revision + 1) + " in partition " + next.partition() + ", but got "
                            + next.revision() + " at offset " + next.offset() + "."));
        }
        if (!Arrays.equals(
                Chain.next(chain.toArray(), next.leaf().toArray()), next.chain().toArray())) {
            return Optional.of(new Fault(
                    AlarmKind.CHAIN_BROKEN,
                    "Revision " + next.revision() + " in partition " + next.partition()
                            + " does not go on from the chain of the event before it."));
        }
        return Optional.empty();
    }

    /** Whether the event's leaf is the hash of its own bytes. */
    public static Optional<Fault> leafFault(Evidence event) {
        var leaf = Chain.leaf(
                Fingerprint.ofBytes(event.fingerprint().toArray()),
                event.key().toArray(),
                event.revision(),
                event.body().toArray());
        if (Arrays.equals(leaf, event.leaf().toArray())) {
            return Optional.empty();
        }
        return Optional.of(new Fault(
                AlarmKind.LEAF_MISMATCH,
                "The leaf of revision " + event.revision() + " in partition " + event.partition()
                        + " is not the hash of its bytes."));
    }
}
