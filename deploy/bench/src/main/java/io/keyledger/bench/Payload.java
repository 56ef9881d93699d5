package io.keyledger.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

/** Line protocol as Telegraf's {@code inputs.cpu} makes it: one host, one core a line, seven fields and a time. */
final class Payload {

    private static final long FIRST_NANOS = 1_763_700_000_000_000_000L;

    private Payload() {}

    static byte[] lines(int count) {
        return IntStream.range(0, count)
                .mapToObj(Payload::line)
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String line(int number) {
        return String.format(
                Locale.ROOT,
                "cpu,cpu=cpu%d,host=bench-host-1,region=eu-central usage_idle=%.4f,usage_iowait=%.4f,usage_irq=0,"
                        + "usage_nice=0,usage_softirq=%.4f,usage_system=%.4f,usage_user=%.4f %d\n",
                number % 64,
                90 + number % 97 / 10.0,
                number % 13 / 7.0,
                number % 5 / 11.0,
                number % 29 / 3.0,
                number % 31 / 5.0,
                FIRST_NANOS + number * 1_000_000L);
    }

    static byte[] gzip(byte[] plain) {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** A push with a key. */
    static byte[] push(String secret, byte[] body, boolean isGzip) {
        return HttpConnection.request(
                "POST",
                "/api/v1/push",
                "X-API-Key: " + secret
                        + "\r\nContent-Type: text/plain; charset=utf-8\r\nUser-Agent: Telegraf/1.40.0\r\n"
                        + (isGzip ? "Content-Encoding: gzip\r\n" : ""),
                body);
    }
}
