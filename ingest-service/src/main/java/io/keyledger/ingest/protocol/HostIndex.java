package io.keyledger.ingest.protocol;

import io.keyledger.event.HostName;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The distinct hosts of a payload. A host is decoded once for each way that it is written; the lines after it compare
 * bytes with the last host, then look the bytes up.
 */
final class HostIndex {

    /** Of this process alone; odd, so that no multiplication loses bits. */
    private static final long FACTOR = new SecureRandom().nextLong() | 1;

    /** {@link #of}'s answer to a host that readers would read differently. */
    static final int AMBIGUOUS = -1;

    private static final int UNSEEN = -2;

    /** Of a host, its name aside: it, its entry and place in the map and the lists, and what is decided about it. */
    private static final int HOST_BYTES = 200;

    private final byte[] bytes;
    private final Allowance allowance;
    private final List<Optional<HostName>> hosts = new ArrayList<>();
    private final Map<HostName, Integer> byName = new HashMap<>();

    /** Open addressing over the bytes: start, end and index of each spelling. */
    private int[] table = new int[3 * 16];

    private int spellings;
    private int lastStart;
    private int lastEnd;
    private int lastIndex = UNSEEN;
    private int none = UNSEEN;

    HostIndex(byte[] bytes, Allowance allowance) {
        this.bytes = bytes;
        this.allowance = allowance;
    }

    /** The hosts in the order of their indexes; empty for lines without a host that could be linked. */
    List<Optional<HostName>> hosts() {
        return Collections.unmodifiableList(hosts);
    }

    /** The index of the lines that have no host, or one that no System can have. */
    int none() {
        if (none == UNSEEN) {
            none = hosts.size();
            hosts.add(Optional.empty());
        }
        return none;
    }

    /** The index of the host that stands between start and end, or {@link #AMBIGUOUS}. */
    int of(int start, int end, boolean escaped) {
        if (lastIndex == UNSEEN || !same(start, end, lastStart, lastEnd)) {
            lastIndex = find(start, end, escaped);
            lastStart = start;
            lastEnd = end;
        }
        return lastIndex;
    }

    private boolean same(int start, int end, int otherStart, int otherEnd) {
        return Arrays.equals(bytes, start, end, bytes, otherStart, otherEnd);
    }

    private int find(int start, int end, boolean escaped) {
        var slot = slot(table, start, end);
        if (table[slot + 1] == 0) {
            var index = decode(start, end, escaped);
            put(table, slot, start, end, index);
            if (++spellings * 3 * 2 > table.length) {
                grow();
            }
            return index;
        }
        return table[slot + 2];
    }

    private int slot(int[] in, int start, int end) {
        // A polynomial whose factor no sender knows: with a known one, all hosts of a push could be made to collide.
        var hash = 1L;
        for (var i = start; i < end; i++) {
            hash = FACTOR * hash + bytes[i];
        }
        var slots = in.length / 3;
        var slot = (int) (((hash ^ (hash >>> 32)) * 0x9E37_79B9_7F4A_7C15L) >>> 33) & (slots - 1);
        while (in[slot * 3 + 1] != 0 && !same(start, end, in[slot * 3], in[slot * 3 + 1])) {
            slot = (slot + 1) & (slots - 1);
        }
        return slot * 3;
    }

    private static void put(int[] in, int slot, int start, int end, int index) {
        in[slot] = start;
        in[slot + 1] = end;
        in[slot + 2] = index;
    }

    private void grow() {
        if (!allowance.take(2L * Integer.BYTES * table.length)) {
            return;
        }
        var larger = new int[table.length * 2];
        for (var slot = 0; slot < table.length; slot += 3) {
            if (table[slot + 1] != 0) {
                put(larger, slot(larger, table[slot], table[slot + 1]), table[slot], table[slot + 1], table[slot + 2]);
            }
        }
        table = larger;
    }

    private int decode(int start, int end, boolean escaped) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, start, end - start))
                    .toString();
        } catch (CharacterCodingException _) {
            return AMBIGUOUS;
        }
        if (escaped) {
            // Telegraf takes \" for an escaped quote in some values, InfluxDB never.
            if (text.contains("\\\"")) {
                return AMBIGUOUS;
            }
            text = unescape(text);
        }
        return index(text);
    }

    private int index(String text) {
        HostName name;
        try {
            name = new HostName(text);
        } catch (IllegalArgumentException _) {
            return none();
        }
        var known = byName.putIfAbsent(name, hosts.size());
        if (known == null) {
            allowance.take(HOST_BYTES + (long) Character.BYTES * text.length());
            hosts.add(Optional.of(name));
            return hosts.size() - 1;
        }
        return known;
    }

    private static String unescape(String text) {
        var result = new StringBuilder(text.length());
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length() && " ,=".indexOf(text.charAt(i + 1)) >= 0) {
                c = text.charAt(++i);
            }
            result.append(c);
        }
        return result.toString();
    }
}
