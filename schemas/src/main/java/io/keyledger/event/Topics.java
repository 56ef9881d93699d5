package io.keyledger.event;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.utils.Utils;

/** The names of topics and headers (DESIGN.md, section 3), and which partition is an organization's. */
public final class Topics {

    public static final String KEY_COMMANDS = "key-commands";
    public static final String KEY_COMMAND_REPLIES = "key-command-replies";
    public static final String KEY_EVENTS = "key-events";
    public static final String KEY_STATE = "key-state";
    public static final String HOST_TO_SYSTEM = "host-to-system";
    public static final String SYSTEM_STATE = "system-state";
    public static final String USER_STATE = "user-state";
    public static final String ORGANIZATION_STATE = "organization-state";
    public static final String SEALED_SECRETS = "sealed-secrets";
    public static final String DATA_KEYS = "data-keys";
    public static final String SCHEMAS = "schemas";
    /** One record: the ledger's id, a UUID as text; the chains begin from it. */
    public static final String LEDGER_ID = "ledger-id";

    /** One record: which rebuild's stores the ledger goes by, a number as text. */
    public static final String LEDGER_GENERATION = "ledger-generation";

    public static final String AUDIT_CHECKPOINTS = "audit-checkpoints";
    public static final String COLLECTOR_STATUS = "collector-status";
    public static final String KEY_USAGE = "key-usage";
    public static final String ACCESS_DENIALS = "access-denials";
    public static final String TELEMETRY_INFLUX = "telemetry.influx";

    /** The tables by which keys are checked, all with the ledger's number of partitions. */
    public static final List<String> TABLES =
            List.of(KEY_STATE, HOST_TO_SYSTEM, SYSTEM_STATE, USER_STATE, ORGANIZATION_STATE);

    /** SHA-256 of the writer schema's parsing canonical form: 32 bytes. */
    public static final String HEADER_FINGERPRINT = "fingerprint";
    /** The revision of the event that the record belongs to: int64, big-endian; on tombstones too. */
    public static final String HEADER_REVISION = "revision";

    public static final String HEADER_LEAF = "leaf";
    public static final String HEADER_CHAIN = "chain";

    private Topics() {}

    /** The partition of an organization in every ledger topic, by the hash that Kafka's own partitioner uses. */
    public static int partition(OrganizationId organization, int partitions) {
        var key = organization.toString().getBytes(StandardCharsets.UTF_8);
        return Utils.toPositive(Utils.murmur2(key)) % partitions;
    }

    /** The record key of {@link #HOST_TO_SYSTEM}: {@code organization/host}, the host in lower case. */
    public static String hostKey(OrganizationId organization, HostName host) {
        return organization + "/" + host;
    }
}
