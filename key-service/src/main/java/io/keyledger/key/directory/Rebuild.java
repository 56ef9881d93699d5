package io.keyledger.key.directory;

/** Builds the directory anew: a port. */
public interface Rebuild {

    /**
     * Begins a new generation from the first event on; one that is being built already goes on.
     *
     * @throws DirectoryUnavailableException while PostgreSQL is away
     */
    void start();

    /**
     * How far the directory is.
     *
     * @throws DirectoryUnavailableException while PostgreSQL is away
     */
    DirectoryStatus status();
}
