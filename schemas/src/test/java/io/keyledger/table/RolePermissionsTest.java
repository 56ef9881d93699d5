package io.keyledger.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.event.Permission;
import io.keyledger.event.Role;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table of DESIGN.md, section 5. */
class RolePermissionsTest {

    @Test
    void ownerAndAdministratorMayAll() {
        assertThat(RolePermissions.of(Role.OWNER)).containsExactlyInAnyOrder(Permission.values());
        assertThat(RolePermissions.of(Role.ADMINISTRATOR)).containsExactlyInAnyOrder(Permission.values());
    }

    @Test
    void aManagerSeesNeitherPeopleNorTheAuditLog() {
        assertThat(RolePermissions.of(Role.MANAGER))
                .doesNotContain(Permission.USERS_WRITE, Permission.AUDIT_READ)
                .hasSize(Permission.values().length - 2);
    }

    @Test
    void aViewerWritesNothing() {
        assertThat(RolePermissions.of(Role.VIEWER))
                .allMatch(permission -> permission.text().endsWith(":read"))
                .doesNotContain(Permission.AUDIT_READ);
    }

    @Test
    void aRoleMayNoMoreThanTheOneAbove() {
        var roles = Role.values();
        for (int i = 1; i < roles.length; i++) {
            assertThat(RolePermissions.of(roles[i - 1])).containsAll(RolePermissions.of(roles[i]));
        }
    }

    @Test
    void clampKeepsWhatBothAllow() {
        assertThat(RolePermissions.clamp(List.of(Permission.AUDIT_READ, Permission.QUERY_READ), Role.VIEWER))
                .containsExactly(Permission.QUERY_READ);
        assertThat(RolePermissions.clamp(Arrays.asList(Permission.values()), Role.VIEWER))
                .isEqualTo(RolePermissions.of(Role.VIEWER));
        assertThat(RolePermissions.clamp(List.of(), Role.OWNER)).isEmpty();
    }
}
