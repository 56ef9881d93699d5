package io.keyledger.event;

/**
 * What an organization decides for its agents.
 *
 * @param agentsActive the Active flag: off refuses every push
 * @param unlinkedHosts what becomes of lines whose host is linked to no System
 * @param mixedBatches what becomes of a push of which some hosts are refused
 */
public record OrganizationSettings(boolean agentsActive, UnlinkedHosts unlinkedHosts, MixedBatches mixedBatches) {

    /** Active, unlinked hosts accepted, mixed batches split. */
    public static final OrganizationSettings DEFAULT =
            new OrganizationSettings(true, UnlinkedHosts.ACCEPT, MixedBatches.SPLIT);
}
