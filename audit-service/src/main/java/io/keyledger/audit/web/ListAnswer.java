package io.keyledger.audit.web;

import io.keyledger.audit.search.Page;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list.
 *
 * @param next the cursor of the next page, or null
 */
record ListAnswer<T>(
        List<T> items,

        @Nullable @Schema(description = "The cursor of the next page; null: there is none.", nullable = true)
        String next) {

    static <T> ListAnswer<T> of(Page<T> page) {
        var next = page.next();
        return new ListAnswer<>(page.items(), next == null ? null : next.toString());
    }
}
