package io.keyledger.key.api;

import io.keyledger.key.directory.DirectoryStatus;
import io.keyledger.key.directory.Rebuild;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The directory itself, for the operator. */
@RestController
@RequestMapping("/api/v1/directory")
@Tag(name = "Directory", description = "For the operator: X-API-Key carries KEYLEDGER_OPERATOR_TOKEN.")
class DirectoryResource {

    private final Rebuild rebuild;

    DirectoryResource(Rebuild rebuild) {
        this.rebuild = rebuild;
    }

    @GetMapping
    @Operation(summary = "Show how far the directory is")
    DirectoryStatus show(Operator operator) {
        return rebuild.status();
    }

    @ResponseStatus(HttpStatus.ACCEPTED)
    @PostMapping("/rebuild")
    @Operation(
            summary = "Build the directory anew from the events",
            description = "The one that is there is read and followed until the new one has caught up.")
    ResponseEntity<DirectoryStatus> rebuild(Operator operator) {
        rebuild.start();
        return ResponseEntity.status(HttpStatus.ACCEPTED)
                .location(URI.create("/api/v1/directory"))
                .body(rebuild.status());
    }
}
