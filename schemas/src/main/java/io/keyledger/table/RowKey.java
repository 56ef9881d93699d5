package io.keyledger.table;

import io.keyledger.event.HostName;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.SecretHash;
import io.keyledger.event.SystemId;
import io.keyledger.event.Topics;
import io.keyledger.event.UserId;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Which thing a row is of: the record key of a table's topic. */
public sealed interface RowKey {

    /** A row of {@code key-state}. */
    record OfKey(SecretHash hash) implements RowKey {}

    /** A row of {@code host-to-system}. */
    record OfHost(OrganizationId organization, HostName host) implements RowKey {}

    /** A row of {@code system-state}. */
    record OfSystem(SystemId system) implements RowKey {}

    /** A row of {@code user-state}. */
    record OfUser(UserId user) implements RowKey {}

    /** A row of {@code organization-state}. */
    record OfOrganization(OrganizationId organization) implements RowKey {}

    /** The topic that holds rows of this kind. */
    default String topic() {
        return switch (this) {
            case OfKey _ -> Topics.KEY_STATE;
            case OfHost _ -> Topics.HOST_TO_SYSTEM;
            case OfSystem _ -> Topics.SYSTEM_STATE;
            case OfUser _ -> Topics.USER_STATE;
            case OfOrganization _ -> Topics.ORGANIZATION_STATE;
        };
    }

    /** The record key as it stands in the topic, a new array. */
    default byte[] toBytes() {
        return switch (this) {
            case OfKey(var hash) -> hash.toBytes();
            case OfHost(var organization, var host) -> utf8(Topics.hostKey(organization, host));
            case OfSystem(var system) -> utf8(system.toString());
            case OfUser(var user) -> utf8(user.toString());
            case OfOrganization(var organization) -> utf8(organization.toString());
        };
    }

    /** The key of a row. */
    static RowKey of(Row row) {
        return switch (row) {
            case Row.KeyRow key -> new OfKey(key.hash());
            case Row.HostRow host -> new OfHost(host.organizationId(), host.host());
            case Row.SystemRow system -> new OfSystem(system.systemId());
            case Row.UserRow user -> new OfUser(user.userId());
            case Row.OrganizationRow organization -> new OfOrganization(organization.organizationId());
        };
    }

    /**
     * Reads a record key.
     *
     * @param topic one of {@link Topics#TABLES}
     * @throws IllegalArgumentException if it is no key of that topic, or not written as {@link #toBytes} writes it
     */
    static RowKey parse(String topic, byte[] recordKey) {
        RowKey key = switch (topic) {
            case Topics.KEY_STATE -> new OfKey(SecretHash.ofBytes(recordKey));
            case Topics.HOST_TO_SYSTEM -> parseHost(text(recordKey));
            case Topics.SYSTEM_STATE -> new OfSystem(SystemId.of(text(recordKey)));
            case Topics.USER_STATE -> new OfUser(UserId.of(text(recordKey)));
            case Topics.ORGANIZATION_STATE -> new OfOrganization(OrganizationId.of(text(recordKey)));
            default -> throw new IllegalArgumentException("Expected a table's topic, but got " + topic + ".");
        };
        // Two record keys for one thing would escape compaction, and the older row could win.
        if (!Arrays.equals(key.toBytes(), recordKey)) {
            throw new IllegalArgumentException("Expected the record key in lower case, but it is not.");
        }
        return key;
    }

    private static OfHost parseHost(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("Expected organization/host, but there is no slash.");
        }
        return new OfHost(OrganizationId.of(text.substring(0, slash)), new HostName(text.substring(slash + 1)));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] utf8) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("Expected a record key in UTF-8, but it is not.", e);
        }
    }
}
