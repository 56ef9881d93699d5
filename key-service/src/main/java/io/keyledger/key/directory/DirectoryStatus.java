package io.keyledger.key.directory;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far the directory is.
 *
 * @param current the generation that is read; null: the first one is being filled, and nothing can be read
 * @param building the generation that will replace it; null: none
 */
public record DirectoryStatus(
        @Nullable Generation current, @Nullable Generation building) {

    /**
     * One generation.
     *
     * @param number counts rebuilds
     * @param positions {@code partition:revision} of the last applied event of each partition that has any
     */
    public record Generation(int number, List<String> positions) {
        public Generation {
            positions = List.copyOf(positions);
        }
    }
}
