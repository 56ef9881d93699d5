package io.keyledger.key.api;

/** What the tests of the calls call with: an organization of its own for each. */
interface ApiCalls {

    /** Calls the service under test with a token. */
    ApiClient as(String token);

    Tenant tenant();

    default ApiClient owner() {
        return tenant().owner();
    }

    /** Registers a System; returns its path. */
    default String system(String name) {
        return owner().post("/api/v1/systems", "{\"name\":\"" + name + "\"}").header("Location");
    }
}
