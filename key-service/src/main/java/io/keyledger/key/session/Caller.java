package io.keyledger.key.session;

import io.keyledger.event.KeyId;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.UserId;

/**
 * The user whose token a request carries.
 *
 * @param address the network address of the request, a person's data: sealed before it goes anywhere
 */
public record Caller(OrganizationId organization, UserId user, KeyId key, String address) {

    @Override
    public String toString() {
        return "Caller[organization=" + organization + ", user=" + user + ", key=" + key + "]";
    }
}
