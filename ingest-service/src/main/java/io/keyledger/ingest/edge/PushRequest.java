package io.keyledger.ingest.edge;

import io.keyledger.credential.CredentialHeaders;
import io.keyledger.credential.Presented;
import io.keyledger.ingest.protocol.Fault;
import io.keyledger.ingest.protocol.Precision;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;

/** What the head of a push says. */
final class PushRequest {

    /** What is certainly not line protocol; anything else may be, for many senders say nothing or the wrong thing. */
    private static final Set<String> OTHER_TYPES = Set.of(
            "application/json",
            "application/x-protobuf",
            "application/protobuf",
            "application/x-msgpack",
            "application/xml",
            "text/xml",
            "text/html");

    private final ServerHttpRequest request;

    PushRequest(ServerHttpRequest request) {
        this.request = request;
    }

    Presented presented() {
        var headers = request.getHeaders();
        return CredentialHeaders.find(
                headers.getOrDefault(CredentialHeaders.API_KEY, List.of()),
                headers.getOrDefault(HttpHeaders.AUTHORIZATION, List.of()),
                request.getQueryParams());
    }

    /** What is wrong with the head, the credential aside. */
    Optional<Fault> fault() {
        if (encoding().isEmpty()) {
            return Optional.of(Fault.UNSUPPORTED_ENCODING);
        }
        if (isOtherType()) {
            return Optional.of(Fault.UNSUPPORTED_MEDIA_TYPE);
        }
        return precision().isEmpty() ? Optional.of(Fault.UNKNOWN_PRECISION) : Optional.empty();
    }

    private boolean isOtherType() {
        var type = request.getHeaders().getFirst(HttpHeaders.CONTENT_TYPE);
        if (type == null) {
            return false;
        }
        var bare = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return OTHER_TYPES.contains(bare) || bare.startsWith("multipart/");
    }

    Optional<Precision> precision() {
        return Precision.find(request.getQueryParams().getFirst("precision"));
    }

    Optional<Encoding> encoding() {
        var all = request.getHeaders().getOrDefault(HttpHeaders.CONTENT_ENCODING, List.of());
        var text = String.join(",", all).strip().toLowerCase(Locale.ROOT);
        return switch (text) {
            case "", "identity" -> Optional.of(Encoding.IDENTITY);
            case "gzip", "x-gzip" -> Optional.of(Encoding.GZIP);
            default -> Optional.empty();
        };
    }

    long contentLength() {
        return request.getHeaders().getContentLength();
    }

    /** Whether the sender waits for a word before it sends the body (RFC 9110, section 10.1.1). */
    boolean expectsContinue() {
        return "100-continue".equalsIgnoreCase(request.getHeaders().getFirst(HttpHeaders.EXPECT));
    }

    /** The network address of the sender. */
    @Nullable
    String address() {
        var remote = request.getRemoteAddress();
        return remote == null || remote.getAddress() == null
                ? null
                : remote.getAddress().getHostAddress();
    }
}
