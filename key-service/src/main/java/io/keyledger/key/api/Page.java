package io.keyledger.key.api;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param next the cursor of the next page; null: this is the last one
 */
record Page<T>(List<T> items, @Nullable String next) {

    Page {
        items = List.copyOf(items);
    }

    /**
     * Makes a page.
     *
     * @param found one more than {@code limit} if there are more
     * @param place where an item stands in the list
     */
    static <E, T> Page<T> of(String list, List<E> found, int limit, Function<E, String> place, Function<E, T> view) {
        var shown = found.subList(0, Math.min(limit, found.size()));
        var next = found.size() > limit ? Cursor.of(list, place.apply(shown.getLast())) : null;
        return new Page<>(shown.stream().map(view).toList(), next);
    }
}
