package io.keyledger.key.ledger;

import io.keyledger.event.Actor;
import io.keyledger.event.HostName;
import io.keyledger.event.KeyEvent;
import io.keyledger.event.KeyEvent.KeyCreated;
import io.keyledger.event.KeyEvent.OrganizationCreated;
import io.keyledger.event.KeyEvent.SystemChanged;
import io.keyledger.event.KeyEvent.SystemRegistered;
import io.keyledger.event.KeyEvent.UserAdded;
import io.keyledger.event.KeyId;
import io.keyledger.event.KeyKind;
import io.keyledger.event.KeyRef;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.OrganizationSettings;
import io.keyledger.event.Permission;
import io.keyledger.event.Role;
import io.keyledger.event.SealedValue;
import io.keyledger.event.SecretHash;
import io.keyledger.event.SystemId;
import io.keyledger.event.UserId;
import io.keyledger.key.ledger.Command.CreateOrganization;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** One organization with its Owner, and what may be in it. Everything is derived from a name, so that it reads. */
public final class Fixtures {

    public static final Instant T0 = Instant.parse("2026-03-01T10:00:00Z");

    public static final OrganizationId ORGANIZATION = new OrganizationId(uuid("organization"));
    public static final UserId OWNER_ID = new UserId(uuid("owner"));
    public static final SystemId BILLING = new SystemId(uuid("billing"));
    public static final SystemId SHIPPING = new SystemId(uuid("shipping"));

    public static final NewSecret OWNER_TOKEN = token("owner-token-1");
    public static final NewSecret GLOBAL = secret("global-1");
    public static final NewSecret OVERRIDE = secret("override-1");

    public static final Actor OWNER = new Actor(Actor.Kind.USER, OWNER_ID, OWNER_TOKEN.keyId(), null);
    public static final Actor OPERATOR = new Actor(Actor.Kind.OPERATOR, null, null, null);

    private Fixtures() {}

    /** The command that makes the organization of {@link #organization}. */
    public static CreateOrganization createOrganization() {
        return new CreateOrganization(
                "Acme",
                OWNER_ID,
                sealedName(OWNER_ID),
                OWNER_TOKEN,
                GLOBAL,
                List.of(dataKey("organization"), dataKey("owner")));
    }

    /** An organization with its Owner, the Owner's provisioned token and a global key. */
    public static List<KeyEvent> organization() {
        return List.of(
                new OrganizationCreated("Acme", OrganizationSettings.DEFAULT),
                new UserAdded(OWNER_ID, Role.OWNER, sealedName(OWNER_ID), null),
                new KeyCreated(globalRef(), null, Set.of(), null),
                new KeyCreated(ownerTokenRef(), OwnerTokenDecider.DESCRIPTION, Set.of(Permission.values()), null));
    }

    /** That organization with the Systems "Billing" and "Shipping". */
    public static List<KeyEvent> systems() {
        return plus(
                organization(), new SystemRegistered(BILLING, "Billing"), new SystemRegistered(SHIPPING, "Shipping"));
    }

    /** The same, and "Billing" has required its own key from {@code T0} on. */
    public static List<KeyEvent> override() {
        return plus(
                systems(),
                new KeyCreated(overrideRef(OVERRIDE, 1), null, Set.of(), null),
                new SystemChanged(BILLING, "Billing", T0));
    }

    static List<KeyEvent> plus(List<KeyEvent> events, KeyEvent... more) {
        return Stream.concat(events.stream(), Stream.of(more)).toList();
    }

    static KeyRef globalRef() {
        return new KeyRef(GLOBAL.keyId(), KeyKind.GLOBAL, GLOBAL.hash(), GLOBAL.hint(), 1, null, null);
    }

    static KeyRef ownerTokenRef() {
        return tokenRef(OWNER_TOKEN, OWNER_ID);
    }

    static KeyRef tokenRef(NewSecret token, UserId owner) {
        return new KeyRef(token.keyId(), KeyKind.USER, token.hash(), token.hint(), 1, null, owner);
    }

    static KeyRef overrideRef(NewSecret secret, int version) {
        return new KeyRef(secret.keyId(), KeyKind.SYSTEM, secret.hash(), secret.hint(), version, BILLING, null);
    }

    /** A recoverable secret, and the id of a new key. */
    public static NewSecret secret(String name) {
        return new NewSecret(
                new KeyId(uuid(name)),
                SecretHash.ofSecret(name),
                hint(name),
                new SealedSecret(base64("sealed " + name)));
    }

    /** A token, and the id of a new key. */
    public static NewSecret token(String name) {
        return new NewSecret(new KeyId(uuid(name)), SecretHash.ofSecret(name), hint(name), null);
    }

    static SealedValue sealedName(UserId user) {
        return new SealedValue(user.value(), base64("name of " + user));
    }

    static WrappedDataKey dataKey(String subject) {
        return new WrappedDataKey(uuid(subject), base64("data key of " + subject));
    }

    static List<HostName> hosts(String... names) {
        return Stream.of(names).map(HostName::new).toList();
    }

    static UUID uuid(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    private static String hint(String name) {
        return "…" + name.substring(Math.max(0, name.length() - 4));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
