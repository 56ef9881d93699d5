package io.keyledger.codec;

import static io.keyledger.codec.Values.base64;
import static io.keyledger.codec.Values.fromAvro;
import static io.keyledger.codec.Values.known;
import static io.keyledger.codec.Values.permissions;
import static io.keyledger.codec.Values.same;
import static io.keyledger.codec.Values.systemId;
import static io.keyledger.codec.Values.toAvro;
import static io.keyledger.codec.Values.userId;
import static io.keyledger.codec.Values.uuid;

import io.keyledger.avro.DataKeyRow;
import io.keyledger.avro.HostToSystemRow;
import io.keyledger.avro.KeyStateRow;
import io.keyledger.avro.OrganizationStateRow;
import io.keyledger.avro.SealedSecretRow;
import io.keyledger.avro.SystemStateRow;
import io.keyledger.avro.UserStateRow;
import io.keyledger.event.HostName;
import io.keyledger.event.KeyId;
import io.keyledger.event.KeyKind;
import io.keyledger.event.KeyStatus;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.Role;
import io.keyledger.event.SystemId;
import io.keyledger.event.UserId;
import io.keyledger.event.UserStatus;
import io.keyledger.table.Row;
import io.keyledger.table.SourceRow;

/** Rows to and from their generated types. */
final class RowMapper {

    /**
     * What this version understands of rows. It grows when a row means something that an older reader must not ignore;
     * such rows alone are then written with the new number.
     */
    static final int UNDERSTOOD = 1;

    private RowMapper() {}

    static KeyStateRow write(Row.KeyRow row) {
        return new KeyStateRow(
                UNDERSTOOD,
                row.revision(),
                row.organizationId().value(),
                toAvro(row.hash()),
                row.keyId().value(),
                same(io.keyledger.avro.KeyKind.class, row.kind()),
                same(io.keyledger.avro.KeyStatus.class, row.status()),
                uuid(row.systemId()),
                uuid(row.ownerId()),
                toAvro(row.permissions()),
                row.createdAt(),
                row.expiresAt(),
                row.supersededAt());
    }

    static Row.KeyRow read(KeyStateRow row) {
        understood(row.getRequires());
        return new Row.KeyRow(
                fromAvro(row.getHash()),
                new OrganizationId(row.getOrganizationId()),
                new KeyId(row.getKeyId()),
                known(KeyKind.class, row.getKind()),
                known(KeyStatus.class, row.getStatus()),
                systemId(row.getSystemId()),
                userId(row.getOwnerId()),
                permissions(row.getPermissions()),
                row.getCreatedAt(),
                row.getExpiresAt(),
                row.getSupersededAt(),
                row.getRevision());
    }

    static HostToSystemRow write(Row.HostRow row) {
        return new HostToSystemRow(
                UNDERSTOOD,
                row.revision(),
                row.organizationId().value(),
                row.host().value(),
                row.systemId().value());
    }

    static Row.HostRow read(HostToSystemRow row) {
        understood(row.getRequires());
        return new Row.HostRow(
                new OrganizationId(row.getOrganizationId()),
                new HostName(row.getHost()),
                new SystemId(row.getSystemId()),
                row.getRevision());
    }

    static SystemStateRow write(Row.SystemRow row) {
        return new SystemStateRow(
                UNDERSTOOD,
                row.revision(),
                row.organizationId().value(),
                row.systemId().value(),
                row.overrideRequiredFrom());
    }

    static Row.SystemRow read(SystemStateRow row) {
        understood(row.getRequires());
        return new Row.SystemRow(
                new SystemId(row.getSystemId()),
                new OrganizationId(row.getOrganizationId()),
                row.getOverrideRequiredFrom(),
                row.getRevision());
    }

    static UserStateRow write(Row.UserRow row) {
        return new UserStateRow(
                UNDERSTOOD,
                row.revision(),
                row.organizationId().value(),
                row.userId().value(),
                same(io.keyledger.avro.Role.class, row.role()),
                same(io.keyledger.avro.UserStatus.class, row.status()),
                row.notBefore());
    }

    static Row.UserRow read(UserStateRow row) {
        understood(row.getRequires());
        return new Row.UserRow(
                new UserId(row.getUserId()),
                new OrganizationId(row.getOrganizationId()),
                known(Role.class, row.getRole()),
                known(UserStatus.class, row.getStatus()),
                row.getNotBefore(),
                row.getRevision());
    }

    static OrganizationStateRow write(Row.OrganizationRow row) {
        return new OrganizationStateRow(
                UNDERSTOOD, row.revision(), row.organizationId().value(), toAvro(row.settings()), row.notBefore());
    }

    static Row.OrganizationRow read(OrganizationStateRow row) {
        understood(row.getRequires());
        return new Row.OrganizationRow(
                new OrganizationId(row.getOrganizationId()),
                fromAvro(row.getSettings()),
                row.getNotBefore(),
                row.getRevision());
    }

    static SealedSecretRow write(SourceRow.SealedSecretRow row) {
        return new SealedSecretRow(
                UNDERSTOOD,
                row.revision(),
                row.organizationId().value(),
                row.keyId().value(),
                row.version(),
                base64(row.ciphertext()));
    }

    static SourceRow.SealedSecretRow read(SealedSecretRow row) {
        understood(row.getRequires());
        return new SourceRow.SealedSecretRow(
                new KeyId(row.getKeyId()),
                new OrganizationId(row.getOrganizationId()),
                row.getVersion(),
                base64(row.getCiphertext()),
                row.getRevision());
    }

    static DataKeyRow write(SourceRow.DataKeyRow row) {
        return new DataKeyRow(
                UNDERSTOOD, row.revision(), row.organizationId().value(), row.subject(), base64(row.wrapped()));
    }

    static SourceRow.DataKeyRow read(DataKeyRow row) {
        understood(row.getRequires());
        return new SourceRow.DataKeyRow(
                row.getSubject(),
                new OrganizationId(row.getOrganizationId()),
                base64(row.getWrapped()),
                row.getRevision());
    }

    private static void understood(int requires) {
        if (requires > UNDERSTOOD) {
            throw new TooNew("it requires " + requires + ", and this version understands " + UNDERSTOOD);
        }
    }
}
