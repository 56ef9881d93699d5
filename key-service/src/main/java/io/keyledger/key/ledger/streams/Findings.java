package io.keyledger.key.ledger.streams;

import java.util.ArrayList;
import java.util.List;

/** What a check found wrong; past the first hundred they are only counted. */
final class Findings {

    private static final int KEPT = 100;

    private final List<String> first = new ArrayList<>();
    private long count;

    void add(String finding) {
        count++;
        if (first.size() < KEPT) {
            first.add(finding);
        }
    }

    long count() {
        return count;
    }

    List<String> first() {
        return List.copyOf(first);
    }
}
