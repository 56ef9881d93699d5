package io.keyledger.key.ledger;

import io.keyledger.event.KeyEvent.OrganizationSettingsChanged;
import io.keyledger.event.OrganizationSettings;
import io.keyledger.key.ledger.Command.ChangeSettings;
import java.util.List;
import java.util.Objects;

/** Decides of an organization's settings. */
final class SettingsDecider {

    private SettingsDecider() {}

    static Decision change(ChangeSettings command, Situation situation) {
        var organization = situation.organization();
        var refusal = Situation.refuseVersion("the settings", command.expectedVersion(), organization.version());
        if (refusal.isPresent()) {
            return new Decision.Rejected(refusal.get());
        }
        Decision.AnswerOf answer = OwnerTokenDecider.answer(situation.id());
        var before = organization.settings();
        var wanted = new OrganizationSettings(
                Objects.requireNonNullElse(command.agentsActive(), before.agentsActive()),
                Objects.requireNonNullElse(command.unlinkedHosts(), before.unlinkedHosts()),
                Objects.requireNonNullElse(command.mixedBatches(), before.mixedBatches()));
        return wanted.equals(before)
                ? Decision.unchanged(answer)
                : Decision.accept(List.of(new OrganizationSettingsChanged(wanted)), answer);
    }
}
