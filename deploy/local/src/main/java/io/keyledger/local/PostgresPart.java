package io.keyledger.local;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** PostgreSQL as a part: a daemon of its own, found by its data directory. */
final class PostgresPart implements Part {
    private final LocalPostgres.Settings settings;
    private final AuditLogins logins;
    private final PostgresDirectory directory;
    private final RotatingLog log;
    private volatile @Nullable LocalPostgres postgres;

    PostgresPart(SuiteSettings suite, AuditLogins logins) {
        this.logins = logins;
        this.settings = suite.postgres();
        this.directory = new PostgresDirectory(settings.dataDir());
        this.log = new RotatingLog(suite.log(name()));
    }

    @Override
    public String name() {
        return "postgres";
    }

    @Override
    public RotatingLog log() {
        return log;
    }

    @Override
    public boolean endOrphan() throws IOException {
        Optional<ProcessHandle> orphan = directory.postmaster();
        directory.endOrphan();
        String binaries = System.getProperty("ot.epg.working-dir");
        if (binaries != null) {
            PostgresDirectory.removeHalfUnpacked(Path.of(binaries));
        }
        return orphan.isPresent();
    }

    @Override
    public void start() {
        LocalPostgres dead = postgres;
        if (dead != null) {
            // It holds the lock of the directory, whose server has ended.
            dead.close();
        }
        LocalPostgres started = LocalPostgres.start(settings);
        postgres = started;
        logins.make(started, LocalPostgres.AUDIT_DATABASE);
    }

    @Override
    public boolean isReady() {
        return process().isPresent();
    }

    @Override
    public Optional<ProcessHandle> process() {
        log.truncateWhenFull();
        return postgres == null ? Optional.empty() : directory.postmaster();
    }

    @Override
    public String ending() {
        return "ended";
    }

    @Override
    public void stop() {
        LocalPostgres current = postgres;
        if (current != null) {
            current.close();
        }
    }
}
