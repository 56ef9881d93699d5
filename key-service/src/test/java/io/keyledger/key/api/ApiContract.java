package io.keyledger.key.api;

import org.junit.jupiter.api.BeforeEach;

/** The table of calls, call by call, on whatever ledger. */
public abstract class ApiContract
        implements OrganizationCalls, SystemCalls, CollectorKeyCalls, HostStreamCalls, RepeatedCalls {

    private Tenant tenant;

    @BeforeEach
    void newTenant() {
        tenant = Tenant.make(this::as);
    }

    @Override
    public Tenant tenant() {
        return tenant;
    }
}
