package io.keyledger.key.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.crypto.tink.Aead;
import io.keyledger.event.OrganizationId;
import io.keyledger.key.ledger.WrappedDataKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealingTest {

    private static final OrganizationId ORGANIZATION = new OrganizationId(new UUID(1, 2));
    private static final Secret SECRET = Secret.of("6dd0a1f2-0c2b-4b7a-9d53-1c0f6c2b3f2a");

    @TempDir
    private Path dir;

    @Test
    void aSealedSecretIsOpenedByTheSameKeysetAfterARestart() throws Exception {
        var sealed = new SecretSealer(keyset("keyset.json")).seal(ORGANIZATION, SECRET);
        assertThat(sealed.toString()).doesNotContain(sealed.ciphertext());
        assertThat(sealed.ciphertext()).doesNotContain(SECRET.reveal());

        var opened = new SecretSealer(keyset("keyset.json")).open(ORGANIZATION, SECRET.hash(), sealed);
        assertThat(opened.reveal()).isEqualTo(SECRET.reveal());
    }

    @Test
    void aSealedSecretIsBoundToItsOrganizationAndItsHash() throws Exception {
        var sealer = new SecretSealer(keyset("keyset.json"));
        var sealed = sealer.seal(ORGANIZATION, SECRET);
        assertThatThrownBy(() -> sealer.open(new OrganizationId(new UUID(1, 3)), SECRET.hash(), sealed))
                .isInstanceOf(KeysetUnavailableException.class);
        assertThatThrownBy(() -> sealer.open(ORGANIZATION, Secret.of("other").hash(), sealed))
                .isInstanceOf(KeysetUnavailableException.class);
    }

    @Test
    void withoutItsKeysetASecretIsRefusedWithWhatToDo() throws Exception {
        var sealed = new SecretSealer(keyset("keyset.json")).seal(ORGANIZATION, SECRET);
        Files.delete(dir.resolve("keyset.json"));
        var other = new SecretSealer(keyset("keyset.json"));
        assertThatThrownBy(() -> other.open(ORGANIZATION, SECRET.hash(), sealed))
                .isInstanceOf(KeysetUnavailableException.class)
                .hasMessageContaining("put that keyset back")
                .hasMessageContaining("regenerate the key");
    }

    @Test
    void theKeysetIsItsOwnersAlone() throws Exception {
        keyset("new/keyset.json");
        var file = dir.resolve("new/keyset.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (var beside = Files.list(file.getParent())) {
            assertThat(beside).containsExactly(file);
        }
        var before = Files.readString(file);
        keyset("new/keyset.json");
        assertThat(file).hasContent(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw-rw-rw-"})
    void aKeysetThatOthersCanReadIsRefused(String mode) throws Exception {
        keyset("keyset.json");
        Files.setPosixFilePermissions(dir.resolve("keyset.json"), PosixFilePermissions.fromString(mode));
        assertThatThrownBy(() -> keyset("keyset.json"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(mode)
                .hasMessageContaining("chmod 600");
    }

    @Test
    void aFileThatIsNoKeysetIsLeftAsItIs() throws IOException {
        var file = dir.resolve("keyset.json");
        Files.writeString(file, "{}");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThatThrownBy(() -> keyset("keyset.json"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("keyset.json");
        assertThat(file).hasContent("{}");
    }

    @Test
    void personalDataIsGoneWithItsDataKey() throws Exception {
        var known = new HashMap<UUID, WrappedDataKey>();
        var sealer = new DataKeySealer(keyset("keyset.json"), subject -> Optional.ofNullable(known.get(subject)));
        var person = new UUID(7, 7);
        assertThat(sealer.seal(person, "192.0.2.7")).isEmpty();

        known.put(person, sealer.make(person));
        var sealed = sealer.seal(person, "192.0.2.7").orElseThrow();
        assertThat(sealed.subject()).isEqualTo(person);
        assertThat(sealed.toString()).doesNotContain("192.0.2.7");
        assertThat(sealer.open(sealed)).contains("192.0.2.7");

        known.put(person, sealer.make(person));
        assertThat(sealer.open(sealed)).isEmpty();
        known.remove(person);
        assertThat(sealer.open(sealed)).isEmpty();
    }

    @Test
    void aDataKeyBelongsToItsSubject() throws Exception {
        var sealer = new DataKeySealer(keyset("keyset.json"), _ -> Optional.empty());
        var dataKey = sealer.make(new UUID(7, 7));
        var stolen = new WrappedDataKey(new UUID(8, 8), dataKey.wrapped());
        assertThatThrownBy(() -> sealer.seal(stolen, "x")).isInstanceOf(KeysetUnavailableException.class);
    }

    @Test
    void aKeyServiceThatNobodyKnowsIsNamed() {
        var properties = new KeysetProperties(dir.resolve("unused"), "nobody-kms://key");
        assertThatThrownBy(() -> new SecretConfiguration().keyset(properties))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("nobody-kms://key")
                .hasMessageContaining("class path");
        assertThat(dir.resolve("unused")).doesNotExist();
    }

    private Aead keyset(String file) throws GeneralSecurityException {
        return new SecretConfiguration().keyset(new KeysetProperties(dir.resolve(file), null));
    }
}
