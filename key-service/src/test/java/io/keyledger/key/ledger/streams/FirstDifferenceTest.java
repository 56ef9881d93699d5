package io.keyledger.key.ledger.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.event.MixedBatches;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.OrganizationSettings;
import io.keyledger.event.UnlinkedHosts;
import io.keyledger.table.Row;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FirstDifferenceTest {

    private static final OrganizationId ORGANIZATION = new OrganizationId(new UUID(1, 2));

    @Test
    void theFirstFieldIsNamedWithBothValues() {
        assertThat(FirstDifference.of(row(true, 3), row(true, 4))).isEqualTo("expected revision 3, but found 4");
    }

    @Test
    void aFieldOfAFieldIsNamedByItsPath() {
        assertThat(FirstDifference.of(row(true, 3), row(false, 4)))
                .isEqualTo("settings: expected agentsActive true, but found false");
    }

    @Test
    void bytesAreToldByTheirPlace() {
        assertThat(FirstDifference.of(new byte[] {1, 2}, new byte[] {1, 3}))
                .isEqualTo("expected byte 1 to be 02, but found 03");
        assertThat(FirstDifference.of(new byte[] {1, 2}, new byte[] {1}))
                .isEqualTo("expected byte 1 to be 02, but found no more bytes");
    }

    private static Row.OrganizationRow row(boolean active, long revision) {
        var settings = new OrganizationSettings(active, UnlinkedHosts.ACCEPT, MixedBatches.SPLIT);
        return new Row.OrganizationRow(ORGANIZATION, settings, null, revision);
    }
}
