package io.keyledger.key.ledger.streams;

import io.keyledger.client.LedgerTablesLoader;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What the loader of this process has applied. */
record LoadedRows(LedgerTablesLoader loader) implements AppliedRows {

    /** What key-service holds; hosts are the Collectors' matter, and there are a hundred million of them. */
    static final List<String> KEPT = Topics.TABLES.stream()
            .filter(topic -> !topic.equals(Topics.HOST_TO_SYSTEM))
            .toList();

    /** Sealed secrets are read through the ledger alone, in its order: nobody need wait for their topic. */
    private static final Set<String> FOLLOWED = followed();

    @Override
    public CompletableFuture<Void> whenApplied(String topic, int partition, long revision) {
        return loader.whenApplied(topic, partition, revision);
    }

    @Override
    public CompletionStage<Boolean> whenAllRead(OrganizationId organization, Duration within) {
        return loader.whenAllRead(organization, within);
    }

    @Override
    public boolean follows(String topic) {
        return FOLLOWED.contains(topic);
    }

    private static Set<String> followed() {
        var followed = new ArrayList<>(KEPT);
        followed.add(Topics.HOST_TO_SYSTEM);
        followed.add(Topics.DATA_KEYS);
        return Set.copyOf(followed);
    }
}
