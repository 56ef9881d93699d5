package io.keyledger.table;

import io.keyledger.event.Permission;
import io.keyledger.event.Role;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;

/** What each role may do at most (DESIGN.md, section 5); a token never does more than its owner's role. */
public final class RolePermissions {

    private static final Set<Permission> ALL = Set.of(Permission.values());
    /** Sees Systems, hosts and keys and has tokens of its own, but no people and no audit log. */
    private static final Set<Permission> MANAGER = without(Permission.USERS_WRITE, Permission.AUDIT_READ);

    private static final Set<Permission> VIEWER =
            Set.of(Permission.QUERY_READ, Permission.CONFIGS_READ, Permission.KEYS_READ);

    private RolePermissions() {}

    /** All that {@code role} may do; unmodifiable. */
    public static Set<Permission> of(Role role) {
        return switch (role) {
            case OWNER, ADMINISTRATOR -> ALL;
            case MANAGER -> MANAGER;
            case VIEWER -> VIEWER;
        };
    }

    /** Those of {@code wanted} that {@code role} may do: a token's effective permissions; unmodifiable. */
    public static Set<Permission> clamp(Collection<Permission> wanted, Role role) {
        var kept = EnumSet.noneOf(Permission.class);
        kept.addAll(wanted);
        kept.retainAll(of(role));
        return Set.copyOf(kept);
    }

    private static Set<Permission> without(Permission first, Permission second) {
        var kept = EnumSet.complementOf(EnumSet.of(first, second));
        return Set.copyOf(kept);
    }
}
