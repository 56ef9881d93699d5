package io.keyledger.audit.search;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Some of a list, newest first.
 *
 * @param next where the next page begins; null: there is none
 */
public record Page<T>(List<T> items, @Nullable Cursor next) {

    /** How many items a page may have at most. */
    public static final int MAX_LIMIT = 200;

    public Page {
        items = List.copyOf(items);
    }

    /** Cuts a page from one item more than it holds, which tells whether there is a next one. */
    static <T> Page<T> cut(List<T> found, int limit, Function<T, Cursor> place) {
        if (found.size() <= limit) {
            return new Page<>(found, null);
        }
        var items = found.subList(0, limit);
        return new Page<>(items, place.apply(items.getLast()));
    }

    /** The same page of other items. */
    public <R> Page<R> map(Function<T, R> each) {
        return new Page<>(items.stream().map(each).toList(), next);
    }
}
