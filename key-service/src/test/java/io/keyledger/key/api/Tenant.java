package io.keyledger.key.api;

import io.keyledger.event.OrganizationId;
import io.keyledger.event.Topics;
import java.util.function.Function;

/** An organization of its own for a test, as its Owner calls. */
public record Tenant(OrganizationId id, String token, ApiClient owner) {

    /** The operator's token in tests. */
    public static final String OPERATOR_TOKEN = "operator-canary-7d1f";

    /** The partitions of the ledger in tests. */
    public static final int PARTITIONS = 4;

    /** Has the operator make one. */
    public static Tenant make(Function<String, ApiClient> as) {
        var made = as.apply(OPERATOR_TOKEN).post("/api/v1/organizations", "{\"name\":\"Example Ltd.\"}");
        if (made.status() != 201) {
            throw new IllegalStateException("Expected an organization, but got " + made);
        }
        return new Tenant(
                OrganizationId.of(made.text("id")), made.text("ownerToken"), as.apply(made.text("ownerToken")));
    }

    public int partition() {
        return Topics.partition(id, PARTITIONS);
    }
}
