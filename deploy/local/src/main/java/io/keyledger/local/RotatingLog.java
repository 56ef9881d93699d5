package io.keyledger.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** A log file that never grows beyond a limit: when it is full it becomes {@code .1}, and an older {@code .1} goes. */
final class RotatingLog {
    private static final long LIMIT_BYTES = 10L << 20;

    private final Path file;
    private final long limitBytes;

    RotatingLog(Path file) {
        this(file, LIMIT_BYTES);
    }

    RotatingLog(Path file, long limitBytes) {
        this.file = file;
        this.limitBytes = limitBytes;
    }

    Path file() {
        return file;
    }

    /** Copies until the stream ends; what cannot be written is dropped, so that the writer never waits for the disk's cure. */
    void copy(InputStream in) {
        var buffer = new byte[8192];
        try (in) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                append(buffer, read);
            }
        } catch (IOException ended) {
            // The process is gone: nothing more to copy.
        }
    }

    /** The last lines, for a message about a failure. */
    List<String> tail(int lines) {
        try (var all = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            List<String> read = all.lines().toList();
            return read.subList(Math.max(0, read.size() - lines), read.size());
        } catch (IOException | UncheckedIOException unreadable) {
            return List.of();
        }
    }

    /** Makes room when the file is full. For a writer that appends by itself the file must stay the same: it is emptied. */
    void truncateWhenFull() {
        try {
            if (Files.exists(file) && Files.size(file) > limitBytes) {
                Files.copy(file, previous(), StandardCopyOption.REPLACE_EXISTING);
                Files.newByteChannel(file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)
                        .close();
            }
        } catch (IOException full) {
            // Tried again at the next look.
        }
    }

    private void append(byte[] buffer, int length) {
        try {
            if (Files.exists(file) && Files.size(file) + length > limitBytes) {
                Files.move(file, previous(), StandardCopyOption.REPLACE_EXISTING);
            }
            try (OutputStream out = Files.newOutputStream(
                    file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
                out.write(buffer, 0, length);
            }
        } catch (IOException dropped) {
            // A full disk must not stop the part whose log this is.
        }
    }

    private Path previous() {
        return file.resolveSibling(file.getFileName() + ".1");
    }
}
