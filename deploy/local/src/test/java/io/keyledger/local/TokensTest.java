package io.keyledger.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokensTest {
    @TempDir
    private Path dir;

    @Test
    void endsWithTheChecksumOfItsRandomBytes() {
        String token = Tokens.make(Tokens.OWNER_PREFIX, new SecureRandom());

        assertThat(token).matches("tc-apiv1_[0-9a-f]{64}");
        ByteBuffer bytes = ByteBuffer.wrap(HexFormat.of().parseHex(token.substring(Tokens.OWNER_PREFIX.length())));
        var crc = new CRC32();
        crc.update(bytes.array(), 0, 28);
        assertThat(bytes.getInt(28)).isEqualTo((int) crc.getValue());
    }

    @Test
    void isKeptForItsOwnerAlone() throws IOException {
        Path file = dir.resolve("owner-token");

        String first = Tokens.kept(file, Tokens.OWNER_PREFIX);

        assertThat(Tokens.kept(file, Tokens.OWNER_PREFIX)).isEqualTo(first);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(dir).isDirectoryNotContaining("glob:**.new");
    }
}
