package io.keyledger.key.directory;

import io.keyledger.event.HostName;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.SystemId;
import io.keyledger.key.directory.Entry.HostEntry;
import io.keyledger.key.directory.Entry.KeyEntry;
import io.keyledger.key.directory.Entry.SettingsEntry;
import io.keyledger.key.directory.Entry.SystemEntry;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What can be looked up and listed: a port. Each call throws {@link DirectoryUnavailableException} while the directory
 * cannot answer. Lists go on after the last item seen and are never cut short but by {@code limit}.
 */
public interface Directory {

    Optional<SettingsEntry> findSettings(OrganizationId organization);

    Optional<SystemEntry> findSystem(OrganizationId organization, SystemId system);

    /** Systems in the order of their names, compared without case; {@code after} is the name of the last one seen. */
    List<SystemEntry> systems(OrganizationId organization, @Nullable String after, int limit);

    /** A System's hosts in the order of their names; {@code after} is the last one seen. */
    List<HostEntry> hosts(OrganizationId organization, SystemId system, @Nullable String after, int limit);

    /** The link of a host; empty: it is linked to no System. */
    Optional<HostEntry> findHost(OrganizationId organization, HostName host);

    /** The current or last global key. */
    Optional<KeyEntry> findGlobalKey(OrganizationId organization);

    /** A System's current or last own key; empty: there is none, or it was removed. */
    Optional<KeyEntry> findOverride(OrganizationId organization, SystemId system);

    /** The global key, then overrides in the order of their making; {@code after} is the last one's {@link KeyEntry#place}. */
    List<KeyEntry> collectorKeys(OrganizationId organization, @Nullable String after, int limit);
}
