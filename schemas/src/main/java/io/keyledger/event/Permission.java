package io.keyledger.event;

import java.util.Optional;

/** What a key may do. */
public enum Permission {
    METRICS_WRITE("metrics:write"),
    LOGS_WRITE("logs:write"),
    TRACES_WRITE("traces:write"),
    AGENTS_REGISTER("agents:register"),
    HEARTBEATS_WRITE("heartbeats:write"),
    ANNOTATIONS_WRITE("annotations:write"),
    QUERY_READ("query:read"),
    CONFIGS_READ("configs:read"),
    CONFIGS_WRITE("configs:write"),
    KEYS_READ("keys:read"),
    KEYS_WRITE("keys:write"),
    USERS_WRITE("users:write"),
    AUDIT_READ("audit:read");

    private final String text;

    Permission(String text) {
        this.text = text;
    }

    /** The name in events, rows and the API, such as {@code metrics:write}. */
    public String text() {
        return text;
    }

    /** The permission of that name, or empty if this version does not know it. */
    public static Optional<Permission> find(String text) {
        for (var permission : values()) {
            if (permission.text.equals(text)) {
                return Optional.of(permission);
            }
        }
        return Optional.empty();
    }
}
