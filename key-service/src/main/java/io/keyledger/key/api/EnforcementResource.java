package io.keyledger.key.api;

import io.keyledger.event.EventId;
import io.keyledger.key.receipt.Places;
import io.keyledger.key.receipt.Receipts;
import io.keyledger.key.receipt.Tracked;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** On which Collectors a change is enforced. */
@RestController
@RequestMapping("/api/v1/changes/{eventId}/enforcement")
@Tag(name = "Enforcement")
class EnforcementResource {

    private static final Duration STREAMED = Duration.ofSeconds(30);
    private static final Duration LONGEST_STREAM = Duration.ofMinutes(10);
    private static final Duration LOOK = Duration.ofMillis(100);

    /** Only by writing it is noticed that nobody reads any more; proxies, too, end a connection that is idle. */
    private static final Duration BEAT = Duration.ofSeconds(1);

    /** Streams of one organization: each keeps a connection, and looks ten times a second. */
    private static final int FOLLOWERS_EACH = 16;

    private final Receipts receipts;
    private final Places followers = new Places(FOLLOWERS_EACH);
    private volatile boolean isEnding;

    EnforcementResource(Receipts receipts) {
        this.receipts = receipts;
    }

    /** Ends what is followed or waited for, before the server waits for those that it serves. */
    @EventListener(ContextClosedEvent.class)
    void end() {
        isEnding = true;
        receipts.end();
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Show on which Collectors a change is enforced",
            description = "An event's id is in the outcome of its command. The operator names the organization.")
    EnforcementView show(CommandResource.Asking asking, @PathVariable EventId eventId) {
        return EnforcementView.of(receipts.require(require(asking, eventId)));
    }

    @GetMapping(produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Operation(
            summary = "Follow how a change is enforced",
            description =
                    "An event \"enforcement\" whenever it has changed. Ends when all have confirmed, or time is out,"
                            + " or the service stops.")
    SseEmitter follow(
            CommandResource.Asking asking, @PathVariable EventId eventId, @RequestParam Optional<String> timeout) {
        var longest = EnforcementWait.timeout(timeout.orElse(null), STREAMED, LONGEST_STREAM);
        var change = require(asking, eventId);
        if (!followers.tryTake(asking.organization())) {
            throw new ProblemException(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "overloaded",
                    "Expected at most " + FOLLOWERS_EACH + " streams of an organization at a time."
                            + " Try again when one has ended, or ask without following.");
        }
        var events = new SseEmitter(longest.plus(STREAMED).toMillis());
        Thread.ofVirtual().name("enforcement-", 0).start(() -> {
            try {
                follow(change, longest, events);
            } finally {
                followers.giveBack(asking.organization());
            }
        });
        return events;
    }

    private Tracked require(CommandResource.Asking asking, EventId event) {
        return receipts.find(asking.organization(), event)
                .orElseThrow(() -> ProblemException.notFound(
                        "change_not_found", "Expected the id of an event of this organization, but there is none."));
    }

    private void follow(Tracked change, Duration longest, SseEmitter events) {
        long end = System.nanoTime() + longest.toNanos();
        @Nullable EnforcementView told = null;
        long wroteNanos = System.nanoTime();
        try {
            while (true) {
                var receipt = receipts.now(change);
                var view = receipt == null ? null : EnforcementView.of(receipt);
                if (view != null && !view.equals(told)) {
                    events.send(
                            SseEmitter.event().name(EnforcementAdvice.MEMBER).data(view, MediaType.APPLICATION_JSON));
                    told = view;
                    wroteNanos = System.nanoTime();
                } else if (System.nanoTime() - wroteNanos >= BEAT.toNanos()) {
                    events.send(SseEmitter.event().comment(""));
                    wroteNanos = System.nanoTime();
                }
                long left = end - System.nanoTime();
                if (isEnding || left <= 0 || (receipt != null && receipt.isComplete())) {
                    events.complete();
                    return;
                }
                Thread.sleep(Duration.ofNanos(Math.min(LOOK.toNanos(), left)));
            }
        } catch (IOException | IllegalStateException e) {
            // Whoever followed has gone.
            events.completeWithError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            events.complete();
        }
    }
}
