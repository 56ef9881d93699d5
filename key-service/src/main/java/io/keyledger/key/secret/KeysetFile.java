package io.keyledger.key.secret;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig2026;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.EnumSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A Tink keyset in a file that nobody but its owner can read. */
final class KeysetFile {

    private static final Logger log = LoggerFactory.getLogger(KeysetFile.class);
    private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rwx------");

    private final Path path;

    KeysetFile(Path path) {
        this.path = path.toAbsolutePath().normalize();
    }

    /**
     * Reads the keyset; makes one where the file is missing.
     *
     * @throws IllegalStateException if others can read it, or it is no keyset; the message says what to do
     */
    KeysetHandle openOrMake() {
        try {
            if (Files.notExists(path)) {
                make();
            }
            refuseIfShared();
            return TinkJsonProtoKeysetFormat.parseKeyset(
                    Files.readString(path), AeadConfig2026.get(), InsecureSecretKeyAccess.get());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "Expected a Tink keyset in JSON in " + path + ", but it cannot be read as one.", e);
        } catch (IOException e) {
            throw new IllegalStateException("Expected to read the keyset in " + path + ", but: " + e.getMessage(), e);
        }
    }

    private void make() throws IOException, GeneralSecurityException {
        var keyset = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, AeadConfig2026.get());
        var json =
                TinkJsonProtoKeysetFormat.serializeKeyset(keyset, AeadConfig2026.get(), InsecureSecretKeyAccess.get());
        var folder = path.getParent();
        Files.createDirectories(folder);
        var draft = Files.createTempFile(
                folder,
                ".keyset",
                ".draft",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(draft, json);
            // A link appears whole or not at all, and never replaces what another instance has just made.
            Files.createLink(path, draft);
            log.atWarn()
                    .addKeyValue("file", path)
                    .log("Made a new keyset: keep a copy of it, for without it no sealed secret can be revealed");
        } catch (FileAlreadyExistsException e) {
            log.atInfo().addKeyValue("file", path).log("Another instance has just made the keyset");
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private void refuseIfShared() throws IOException {
        var shared = EnumSet.noneOf(PosixFilePermission.class);
        shared.addAll(Files.getPosixFilePermissions(path));
        var shown = PosixFilePermissions.toString(shared);
        shared.removeAll(OWNER);
        if (!shared.isEmpty()) {
            throw new IllegalStateException("Expected the keyset in " + path
                    + " to be readable by its owner alone, but its mode is " + shown + ": chmod 600 " + path);
        }
    }
}
