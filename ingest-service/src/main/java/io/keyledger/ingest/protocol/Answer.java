package io.keyledger.ingest.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What goes back to the sender; its bytes are made once, for most answers are the same again and again. */
public final class Answer {

    private static final String NEXT = "\r\n";

    private final int status;
    private final String mediaType;
    private final Map<String, String> headers;
    private final String body;
    private final byte[] head;
    private final byte[] content;

    /**
     * Makes one.
     *
     * @param mediaType empty without a body
     * @param body one line, within 1 KiB: Telegraf logs no more
     */
    public Answer(int status, String mediaType, String body, Map<String, String> headers) {
        this.status = status;
        this.mediaType = mediaType;
        this.headers = Map.copyOf(headers);
        this.body = body;
        this.content = body.getBytes(StandardCharsets.UTF_8);
        this.head = lines().getBytes(StandardCharsets.US_ASCII);
    }

    private String lines() {
        var text = new StringBuilder("HTTP/1.1 ").append(status).append(' ').append(phrase(status));
        headers.forEach((name, value) -> header(text, name, value));
        if (status != 204) {
            header(text, "Content-Length", Integer.toString(content.length));
        }
        if (content.length > 0) {
            header(text, "Content-Type", mediaType);
        }
        return text.append(NEXT).toString();
    }

    private static void header(StringBuilder text, String name, String value) {
        text.append(NEXT).append(name).append(": ").append(value);
    }

    /** What HTTP calls a status (RFC 9110, section 15). */
    static String phrase(int status) {
        return switch (status) {
            case 200 -> "OK";
            case 204 -> "No Content";
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 413 -> "Content Too Large";
            case 415 -> "Unsupported Media Type";
            case 503 -> "Service Unavailable";
            default -> "Error";
        };
    }

    /** Success, without a body: InfluxDB's v1 client re-sends on any other 2xx. */
    public static Answer noContent(Map<String, String> headers) {
        return new Answer(204, "", "", headers);
    }

    /** Of HTTP. */
    public int status() {
        return status;
    }

    /** Those beside what tells the length and the media type of the body. */
    public Map<String, String> headers() {
        return headers;
    }

    /** For people and programs; empty: none. */
    public String body() {
        return body;
    }

    /** Of the body; empty without one. */
    public String mediaType() {
        return mediaType;
    }

    /** Status line and headers in HTTP/1.1 (RFC 9112), to be read alone; what is of the connection is left to add. */
    public byte[] head() {
        return head;
    }

    /** The body in UTF-8, to be read alone. */
    public byte[] content() {
        return content;
    }
}
