package io.keyledger.ingest.edge;

import io.keyledger.table.StalenessRule;

/** Whether the tables may be decided by. Cheap: for every push. */
public interface TableStanding {

    /** Whether all tables have been loaded; readiness, gate and metric read this one fact. */
    boolean loaded();

    /** What their age allows. */
    StalenessRule.Standing age();
}
