package io.keyledger.audit.web;

import io.keyledger.event.KeyId;
import io.keyledger.event.OrganizationId;

/** Who asks: the organization of the key that was presented, and nothing that the request says. */
record Caller(OrganizationId organization, KeyId key) {

    /** The request attribute that holds it. */
    static final String ATTRIBUTE = "keyledger.caller";
}
