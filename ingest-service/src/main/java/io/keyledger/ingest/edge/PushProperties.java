package io.keyledger.ingest.edge;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How large and how slow a push may be.
 *
 * @param maxBody the largest body as it is sent; more than a full batch of Telegraf (1,000 points) or vmagent (8 MB)
 * @param maxDecompressed the largest body after decompression
 * @param maxLines the most lines of a push
 * @param maxInFlight how much memory pushes hold at once; more are answered 503
 * @param maxInFlightPerOrganization how much of it those of one organization hold; a push that wants more than this alone
 *     is too large
 * @param bodyTimeout how long the body of a push may take to arrive
 * @param proofWait how long a refusal that a newer row could reverse waits for a proof of freshness
 * @param drain how much of a refused body is read before the answer
 * @param linger how much more of it is read after the answer, so that the sender sees the answer and not a reset
 * @param lingerTime for how long
 */
@ConfigurationProperties("keyledger.push")
public record PushProperties(
        @DefaultValue("16MB") DataSize maxBody,
        @DefaultValue("16MB") DataSize maxDecompressed,
        @DefaultValue("200000") int maxLines,
        @DefaultValue("48MB") DataSize maxInFlight,
        @DefaultValue("36MB") DataSize maxInFlightPerOrganization,
        @DefaultValue("30s") Duration bodyTimeout,
        @DefaultValue("100ms") Duration proofWait,
        @DefaultValue("64KB") DataSize drain,
        @DefaultValue("8MB") DataSize linger,
        @DefaultValue("2s") Duration lingerTime) {

    private static final long LARGEST = Integer.MAX_VALUE / 2;

    /** @throws IllegalArgumentException if a size is not positive, does not fit an array or contradicts another */
    public PushProperties {
        check("max-body", maxBody);
        check("max-decompressed", maxDecompressed);
        check("max-lines", maxLines);
        if (maxInFlightPerOrganization.toBytes() < maxBody.toBytes() + maxDecompressed.toBytes()) {
            throw new IllegalArgumentException("Expected keyledger.push.max-in-flight-per-organization of at least"
                    + " max-body plus max-decompressed, for else no full push would ever pass, but got "
                    + maxInFlightPerOrganization + ".");
        }
        if (maxInFlight.toBytes() < maxInFlightPerOrganization.toBytes()) {
            throw new IllegalArgumentException("Expected keyledger.push.max-in-flight of at least"
                    + " max-in-flight-per-organization, but got " + maxInFlight + ".");
        }
    }

    /** How large a push may be, for people. */
    String sizes() {
        return "at most " + maxBody.toBytes() + " bytes as it is sent, " + maxDecompressed.toBytes()
                + " decompressed, " + maxLines + " lines, and " + maxInFlightPerOrganization.toBytes()
                + " bytes with what is kept of its hosts and lines.";
    }

    private static void check(String name, int count) {
        if (count < 1) {
            throw new IllegalArgumentException(
                    "Expected keyledger.push." + name + " of at least 1, but got " + count + ".");
        }
    }

    private static void check(String name, DataSize size) {
        if (size.toBytes() < 1 || size.toBytes() > LARGEST) {
            throw new IllegalArgumentException(
                    "Expected keyledger.push." + name + " from 1 B to " + LARGEST + " B, but got " + size + ".");
        }
    }
}
