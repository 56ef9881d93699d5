package io.keyledger.audit.web;

import io.keyledger.audit.search.AuditSearch;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The permanent record of the caller's revoked, deleted and superseded keys. */
@RestController
@RequestMapping(path = "/api/v1/revoked-keys", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Revoked keys", description = "Every secret of your organization that no longer counts.")
final class RevokedKeysApi {

    private static final int LIMIT = 50;

    private final AuditSearch search;

    RevokedKeysApi(AuditSearch search) {
        this.search = search;
    }

    @GetMapping
    @Operation(summary = "Lists revoked, deleted and superseded secrets, newest first.")
    @Parameter(name = "cursor", description = "The \"next\" of the page before.")
    @Parameter(name = "limit", description = "How many at most: 1 to 200, 50 if left out.")
    ListAnswer<RevokedKeyAnswer> revokedKeys(
            @RequestAttribute(Caller.ATTRIBUTE) @Parameter(hidden = true) Caller caller, HttpServletRequest request) {
        var parameters = new Parameters(request, Set.of("cursor", "limit"));
        return ListAnswer.of(
                search.revokedKeys(caller.organization(), parameters.cursor("cursor"), parameters.limit("limit", LIMIT))
                        .map(RevokedKeyAnswer::of));
    }
}
