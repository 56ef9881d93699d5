package io.keyledger.key.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.keyledger.event.KeyKind;
import io.keyledger.event.OrganizationId;
import io.keyledger.key.ledger.Answer;
import io.keyledger.key.ledger.Command;
import io.keyledger.key.ledger.Rejection;
import io.keyledger.key.secret.DataKeySealer;
import io.keyledger.key.secret.OwnerToken;
import io.keyledger.key.secret.Secret;
import io.keyledger.key.session.ImportCheck;
import io.keyledger.key.session.NamedIds;
import io.keyledger.key.session.NewOrganization;
import io.keyledger.key.session.NewSecrets;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Organizations, as the operator makes them. */
@RestController
@RequestMapping("/api/v1/organizations")
@Tag(name = "Organizations", description = "For the operator: X-API-Key carries KEYLEDGER_OPERATOR_TOKEN.")
class OrganizationResource {

    private final NewOrganization newOrganization;
    private final NewSecrets secrets;
    private final DataKeySealer personal;
    private final ImportCheck imports;

    OrganizationResource(
            NewOrganization newOrganization, NewSecrets secrets, DataKeySealer personal, ImportCheck imports) {
        this.newOrganization = newOrganization;
        this.secrets = secrets;
        this.personal = personal;
        this.imports = imports;
    }

    /**
     * An organization to make.
     *
     * @param ownerToken the first Owner's token, if it is not to be made here
     */
    record OrganizationToMake(
            @Schema(example = "Example Ltd.") @Nullable String name,

            @Schema(description = "tc-apiv1_ and 64 hexadecimal digits") @Nullable
            Secret ownerToken) {}

    /** An organization that was made. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record MadeOrganization(
            OrganizationId id,
            String name,

            @Schema(description = "shown this once") @Nullable
            Secret ownerToken) {}

    @ResponseStatus(HttpStatus.CREATED)
    @PostMapping
    @Operation(
            summary = "Make an organization with its first Owner and a global key",
            description = "Answers the Owner's token, this once. An Idempotency-Key names one organization for ever:"
                    + " for 24 hours the same request gets the first answer, and after that 409"
                    + " `organization_already_exists`.")
    ResponseEntity<MadeOrganization> make(Operator operator, @RequestBody OrganizationToMake body) {
        var name = Text.require("name", body.name());
        // A repeated request must meet the ledger's partition that has the first answer.
        var id = operator.idempotencyKey()
                .map(key -> NamedIds.organization("by the operator's Idempotency-Key " + key))
                .orElseGet(() -> new OrganizationId(UUID.randomUUID()));
        var token = body.ownerToken() == null ? secrets.generate(KeyKind.USER) : imported(id, body.ownerToken());
        var dataKey = personal.make(id.value());
        var done = operator.apply(id, newOrganization.command(id, name, token, dataKey), dataKey);
        var made = done.answer(Answer.OfOrganization.class).organization();
        return done.createdSecret(
                "/api/v1/organizations/" + made.id(),
                new MadeOrganization(made.id(), made.name(), done.replayed() ? null : token));
    }

    @ResponseStatus(HttpStatus.NO_CONTENT)
    @DeleteMapping("/{id}/owner-token")
    @Operation(summary = "Revoke the owner token that came from the environment")
    ResponseEntity<Void> withdrawOwnerToken(Operator operator, @PathVariable OrganizationId id) {
        return operator.apply(id, new Command.WithdrawOwnerToken()).noContent();
    }

    private Secret imported(OrganizationId organization, Secret brought) {
        var token = parse(brought);
        return switch (imports.look(organization, token)) {
            case FREE -> token;
            case USED_ELSEWHERE ->
                throw new ProblemException(Problem.of(new Rejection(
                        Rejection.Fact.SECRET_ALREADY_USED,
                        "Expected a new secret in ownerToken, but this one belongs or belonged to a key.")));
            case UNKNOWN ->
                throw new ProblemException(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "keys_not_ready",
                        "It cannot be told now whether this ownerToken is somebody else's, and nothing was changed. Try again.");
        };
    }

    private static Secret parse(Secret token) {
        try {
            return OwnerToken.parse("ownerToken", token.reveal());
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid(String.valueOf(e.getMessage()));
        }
    }
}
