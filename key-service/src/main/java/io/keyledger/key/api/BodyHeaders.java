package io.keyledger.key.api;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/** What a request says of its body, and whether it is read at all. */
final class BodyHeaders {

    private static final String NOT_ENCODED = "identity";

    private BodyHeaders() {}

    /** Why no byte of the body is read, whoever sends it. */
    static Optional<ProblemException> refusal(HttpServletRequest request) {
        if (isForm(request.getContentType())) {
            // The server would parse it by itself.
            return Optional.of(unsupported("Expected JSON with Content-Type: application/json, not a form."));
        }
        // Nothing here decompresses: of compressed hosts some lines would be names.
        return Collections.list(request.getHeaders(HttpHeaders.CONTENT_ENCODING)).stream()
                .filter(encoding -> !isIdentity(encoding))
                .findFirst()
                .map(encoding -> unsupported("Expected a body without Content-Encoding, but it is " + encoding
                        + ". Send it uncompressed. Nothing was changed."));
    }

    private static boolean isForm(@Nullable String contentType) {
        var type = contentType == null ? "" : contentType.strip().toLowerCase(Locale.ROOT);
        return type.startsWith("application/x-www-form-urlencoded") || type.startsWith("multipart/");
    }

    /** Of all that were applied. */
    private static boolean isIdentity(String encodings) {
        return Arrays.stream(encodings.split(",", -1))
                .map(String::strip)
                .allMatch(encoding -> encoding.isEmpty() || encoding.equalsIgnoreCase(NOT_ENCODED));
    }

    private static ProblemException unsupported(String detail) {
        return new ProblemException(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type", detail);
    }
}
