package io.keyledger.key.ledger;

import static io.keyledger.key.ledger.Fixtures.ORGANIZATION;
import static io.keyledger.key.ledger.Fixtures.organization;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.event.KeyEvent.OrganizationSettingsChanged;
import io.keyledger.event.MixedBatches;
import io.keyledger.event.OrganizationSettings;
import io.keyledger.event.UnlinkedHosts;
import io.keyledger.key.ledger.Command.ChangeSettings;
import io.keyledger.key.ledger.Rejection.Fact;
import io.keyledger.table.Row.OrganizationRow;
import org.junit.jupiter.api.Test;

class SettingsDeciderTest {

    @Test
    void whatIsNotNamedStaysAsItIs() {
        var scenario = Scenario.given(organization())
                .when(new ChangeSettings(false, null, null, null))
                .then(changed(false, UnlinkedHosts.ACCEPT, MixedBatches.SPLIT))
                .when(new ChangeSettings(null, UnlinkedHosts.REJECT, null, null))
                .then(changed(false, UnlinkedHosts.REJECT, MixedBatches.SPLIT))
                .when(new ChangeSettings(true, null, MixedBatches.REJECT, null))
                .then(changed(true, UnlinkedHosts.REJECT, MixedBatches.REJECT));

        var answer = scenario.answer(Answer.OfOrganization.class).organization();
        assertThat(answer.version()).isEqualTo(4);
        assertThat(scenario.changes())
                .containsExactly(new RowChange.Put(new OrganizationRow(ORGANIZATION, answer.settings(), null, 7)));
    }

    @Test
    void aChangeThatChangesNothingIsNoEvent() {
        var scenario = Scenario.given(organization())
                .when(new ChangeSettings(true, UnlinkedHosts.ACCEPT, MixedBatches.SPLIT, 1L))
                .then();
        assertThat(scenario.answer(Answer.OfOrganization.class).organization().version())
                .isEqualTo(1);
    }

    @Test
    void theSecondOfTwoEditorsIsToldSo() {
        Scenario.given(organization())
                .when(new ChangeSettings(false, null, null, 1L))
                .then(changed(false, UnlinkedHosts.ACCEPT, MixedBatches.SPLIT))
                .when(new ChangeSettings(true, null, null, 1L))
                .thenRefused(Fact.VERSION_MISMATCH, "version 1", "version 2")
                .when(new ChangeSettings(true, null, null, 2L))
                .then(changed(true, UnlinkedHosts.ACCEPT, MixedBatches.SPLIT));
    }

    private static OrganizationSettingsChanged changed(boolean active, UnlinkedHosts unlinked, MixedBatches mixed) {
        return new OrganizationSettingsChanged(new OrganizationSettings(active, unlinked, mixed));
    }
}
