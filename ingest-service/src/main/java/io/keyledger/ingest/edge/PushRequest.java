package io.keyledger.ingest.edge;

import io.keyledger.credential.CredentialHeaders;
import io.keyledger.credential.Presented;
import io.keyledger.ingest.protocol.Fault;
import io.keyledger.ingest.protocol.Precision;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the head of a request says. */
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

    private final HttpRequest request;
    private final String target;
    private final @Nullable String address;
    private final Map<String, List<String>> parameters;

    /**
     * Reads it.
     *
     * @param address of the sender
     * @throws IllegalArgumentException if a parameter is not percent-encoded text
     */
    PushRequest(HttpRequest request, @Nullable String address) {
        this.request = request;
        this.target = originForm(request.uri());
        this.address = address;
        this.parameters = target.indexOf('?') < 0 ? Map.of() : new QueryStringDecoder(target).parameters();
    }

    /** Without scheme and host, which a sender may tell although only proxies need them (RFC 9112, section 3.2.2). */
    private static String originForm(String target) {
        if (target.startsWith("/")) {
            return target;
        }
        var authority = target.indexOf("://");
        var path = authority < 0 ? -1 : target.indexOf('/', authority + 3);
        return path < 0 ? target : target.substring(path);
    }

    HttpMethod method() {
        return request.method();
    }

    /** As it was sent: what is percent-encoded is none of ours. */
    String path() {
        var query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    Presented presented() {
        var headers = request.headers();
        return CredentialHeaders.find(
                headers.getAll(CredentialHeaders.API_KEY), headers.getAll(HttpHeaderNames.AUTHORIZATION), parameters);
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
        var type = request.headers().get(HttpHeaderNames.CONTENT_TYPE);
        if (type == null) {
            return false;
        }
        var end = type.indexOf(';');
        var bare = (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        return OTHER_TYPES.contains(bare) || bare.startsWith("multipart/");
    }

    Optional<Precision> precision() {
        var values = parameters.get("precision");
        return Precision.find(values == null ? null : values.getFirst());
    }

    Optional<Encoding> encoding() {
        var all = request.headers().getAll(HttpHeaderNames.CONTENT_ENCODING);
        if (all.isEmpty()) {
            return Optional.of(Encoding.IDENTITY);
        }
        return switch (String.join(",", all).strip().toLowerCase(Locale.ROOT)) {
            case "", "identity" -> Optional.of(Encoding.IDENTITY);
            case "gzip", "x-gzip" -> Optional.of(Encoding.GZIP);
            default -> Optional.empty();
        };
    }

    /** In bytes, or -1 if it is not told. */
    long contentLength() {
        return HttpUtil.getContentLength(request, -1L);
    }

    /** Whether the sender waits for a word before it sends the body (RFC 9110, section 10.1.1). */
    boolean expectsContinue() {
        return HttpUtil.is100ContinueExpected(request);
    }

    /** The network address of the sender. */
    @Nullable
    String address() {
        return address;
    }
}
