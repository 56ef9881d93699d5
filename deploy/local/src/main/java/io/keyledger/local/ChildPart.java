package io.keyledger.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A part that is a child process. */
final class ChildPart implements Part {
    /** On a busy machine a JVM that writes its class archive takes its time; half of one would be of no use. */
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(60);

    private final String name;
    private final List<String> command;
    private final Map<String, String> environment;
    private final Set<String> withheld;
    private final BooleanSupplier ready;
    private final RotatingLog log;
    private final PidFile pidFile;
    private volatile @Nullable Process process;

    /**
     * @param environment added to this process's own
     * @param withheld variables of this process that the child must not see
     * @param ready asks the running child
     */
    ChildPart(
            SuiteSettings settings,
            String name,
            List<String> command,
            Map<String, String> environment,
            Set<String> withheld,
            BooleanSupplier ready) {
        this.name = name;
        this.command = command;
        this.environment = environment;
        this.withheld = withheld;
        this.ready = ready;
        this.log = new RotatingLog(settings.log(name));
        this.pidFile = new PidFile(settings.run().resolve(name + ".pid"));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public RotatingLog log() {
        return log;
    }

    @Override
    public boolean endOrphan() {
        return pidFile.endOrphan();
    }

    @Override
    public void start() throws IOException {
        var builder = new ProcessBuilder(inOwnSession(command)).redirectErrorStream(true);
        builder.environment().keySet().removeAll(withheld);
        builder.environment().putAll(environment);
        Process started = builder.start();
        process = started;
        pidFile.write(started.toHandle());
        started.getOutputStream().close();
        // A virtual thread would hold its carrier while it waits for output, and there are more parts than carriers.
        Thread.ofPlatform().daemon().name(name + "-log").start(() -> log.copy(started.getInputStream()));
    }

    @Override
    public boolean isReady() {
        return process().isPresent() && ready.getAsBoolean();
    }

    @Override
    public Optional<ProcessHandle> process() {
        return Optional.ofNullable(process).filter(Process::isAlive).map(Process::toHandle);
    }

    @Override
    public String ending() {
        Process current = process;
        if (current == null || current.isAlive()) {
            return "is not running";
        }
        int code = current.exitValue();
        return code > 128 ? "was ended by signal " + (code - 128) : "ended with exit code " + code;
    }

    @Override
    public void stop() {
        Process current = process;
        if (current != null) {
            Processes.stop(current.toHandle(), STOP_TIMEOUT);
        }
        pidFile.remove();
    }

    /** Ctrl-C goes to every process of the terminal's session: the children must end in order, not all at once. */
    private static List<String> inOwnSession(List<String> command) {
        for (String dir : List.of("/usr/bin", "/bin")) {
            Path setsid = Path.of(dir, "setsid");
            if (Files.isExecutable(setsid)) {
                var wrapped = new ArrayList<String>();
                wrapped.add(setsid.toString());
                wrapped.addAll(command);
                return wrapped;
            }
        }
        return command;
    }
}
