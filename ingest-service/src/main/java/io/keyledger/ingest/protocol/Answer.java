package io.keyledger.ingest.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What goes back to the sender.
 *
 * @param mediaType empty without a body
 * @param body one line, within 1 KiB: Telegraf logs no more
 */
public record Answer(int status, String mediaType, String body, Map<String, String> headers) {

    public Answer {
        headers = Map.copyOf(headers);
    }

    /** Success, without a body: InfluxDB's v1 client re-sends on any other 2xx. */
    public static Answer noContent(Map<String, String> headers) {
        return new Answer(204, "", "", headers);
    }

    /** The body in UTF-8. */
    public byte[] bytes() {
        return body.getBytes(StandardCharsets.UTF_8);
    }
}
