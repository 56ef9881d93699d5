package io.keyledger.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.zip.CRC32;

/** The tokens that the first start makes, each in a file that its owner alone can read. */
final class Tokens {
    static final String OWNER_PREFIX = "tc-apiv1_";
    static final String OPERATOR_PREFIX = "operator_";
    private static final int RANDOM_BYTES = 28;

    private Tokens() {}

    /** A prefix, then 64 hexadecimal digits: 28 random bytes and their CRC-32, big-endian. */
    static String make(String prefix, SecureRandom random) {
        var secret = new byte[RANDOM_BYTES];
        random.nextBytes(secret);
        var crc = new CRC32();
        crc.update(secret);
        byte[] all = ByteBuffer.allocate(RANDOM_BYTES + Integer.BYTES)
                .put(secret)
                .putInt((int) crc.getValue())
                .array();
        return prefix + HexFormat.of().formatHex(all);
    }

    /** What the file keeps; it is made, with a new token, if it is not there. */
    static String kept(Path file, String prefix) throws IOException {
        if (!Files.exists(file)) {
            write(file, make(prefix, new SecureRandom()) + "\n");
        }
        return Files.readString(file).strip();
    }

    /** Writes a file that nobody else can read, at no moment. A crash leaves the old one or the new one. */
    static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path half = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(half);
        var options = EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try (var out = Channels.newOutputStream(Files.newByteChannel(half, options, ownerOnly))) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
