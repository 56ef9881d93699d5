package io.keyledger.key.api;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** An organization, and no Collectors but those that a test lets be heard. */
abstract class CollectorsHarness {

    final ApiServer server = ApiServer.get();
    final Tenant tenant = server.newTenant();
    final ApiClient owner = tenant.owner();

    @BeforeEach
    @AfterEach
    void noCollectors() {
        server.fleet.forgetAll();
        server.fleet.known = true;
    }
}
