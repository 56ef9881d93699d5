package io.keyledger.key.receipt;

import io.keyledger.event.OrganizationId;
import java.util.HashMap;
import java.util.Map;

/** What each organization may have so much of at one time: none takes what all share. */
public final class Places {

    private final int each;
    private final Map<OrganizationId, Integer> taken = new HashMap<>();

    /** @param each for each organization */
    public Places(int each) {
        this.each = each;
    }

    /** Takes one; false: the organization has all of its own. */
    public synchronized boolean tryTake(OrganizationId organization) {
        int has = taken.getOrDefault(organization, 0);
        if (has < each) {
            taken.put(organization, has + 1);
        }
        return has < each;
    }

    /** Gives one back that was taken. */
    public synchronized void giveBack(OrganizationId organization) {
        int left = taken.getOrDefault(organization, 1) - 1;
        taken.put(organization, left);
        taken.remove(organization, 0);
    }
}
