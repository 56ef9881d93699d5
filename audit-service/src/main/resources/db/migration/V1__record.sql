-- The permanent record. Everything here is only ever added to: the working role may SELECT and INSERT, and a trigger
-- refuses the rest for everybody, the owner and a superuser included.

-- Which ledger this database is the record of; the chains begin from its id.
CREATE TABLE ledger (
    single      boolean PRIMARY KEY DEFAULT true CHECK (single),
    ledger_id   uuid NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- One row per event of the ledger, by (partition, revision). The first block is the evidence, byte for byte; everything
-- after it is derived from the evidence, for searching, and the verifier derives it again.
CREATE TABLE event (
    partition             integer NOT NULL,
    revision              bigint NOT NULL,
    record_offset         bigint NOT NULL,
    schema_id             integer NOT NULL,
    fingerprint           bytea NOT NULL,
    record_key            bytea NOT NULL,
    body                  bytea NOT NULL,
    leaf                  bytea NOT NULL,
    chain                 bytea NOT NULL,
    verified              boolean NOT NULL,
    recorded_at           timestamptz NOT NULL DEFAULT clock_timestamp(),

    event_id              uuid,
    organization_id       uuid,
    organization_revision bigint,
    occurred_at           timestamptz,
    type                  text,
    command_id            uuid,
    actor_kind            text,
    actor_user            uuid,
    actor_key             uuid,
    key_id                uuid,
    key_hash              bytea,
    system_id             uuid,
    moved_from            uuid,
    user_id               uuid,
    hosts                 text[],
    payload               jsonb,
    PRIMARY KEY (partition, revision)
);

COMMENT ON COLUMN event.record_offset IS 'Offset in key-events: where recording goes on after a restart.';
COMMENT ON COLUMN event.schema_id IS 'The registry''s id, from the five bytes before the body.';
COMMENT ON COLUMN event.fingerprint IS 'SHA-256 of the writer schema''s parsing canonical form.';
COMMENT ON COLUMN event.body IS 'The Avro body without the five bytes of the wire format.';
COMMENT ON COLUMN event.leaf IS 'As the log says it; verified says whether it holds.';
COMMENT ON COLUMN event.chain IS 'As the log says it; verified says whether it holds.';
COMMENT ON COLUMN event.verified IS
    'Leaf, chain and revision held on arrival, and so did those of every event before it in the partition.';
COMMENT ON COLUMN event.key_hash IS 'SHA-256 of the key''s secret; never the secret.';
COMMENT ON COLUMN event.moved_from IS 'The System that the hosts belonged to before.';
COMMENT ON COLUMN event.payload IS 'The decoded payload; null: of a type or a schema that the recorder did not know.';

CREATE INDEX event_offset ON event (partition, record_offset);
CREATE INDEX event_id ON event (event_id);
CREATE INDEX event_organization ON event (organization_id, organization_revision);
CREATE INDEX event_time ON event (organization_id, occurred_at);
CREATE INDEX event_type ON event (organization_id, type, organization_revision);
CREATE INDEX event_key ON event (organization_id, key_id, organization_revision) WHERE key_id IS NOT NULL;
CREATE INDEX event_system ON event (organization_id, system_id, organization_revision) WHERE system_id IS NOT NULL;
CREATE INDEX event_moved_from ON event (organization_id, moved_from, organization_revision) WHERE moved_from IS NOT NULL;
CREATE INDEX event_actor_user ON event (organization_id, actor_user, organization_revision) WHERE actor_user IS NOT NULL;
CREATE INDEX event_actor_key ON event (organization_id, actor_key, organization_revision) WHERE actor_key IS NOT NULL;

-- Every secret that no longer counts: of revoked and deleted keys, and those that a regeneration replaced.
CREATE TABLE revoked_token (
    partition             integer NOT NULL,
    revision              bigint NOT NULL,
    organization_id       uuid NOT NULL,
    organization_revision bigint NOT NULL,
    cause                 text NOT NULL CHECK (cause IN ('REVOKED', 'DELETED', 'SUPERSEDED')),
    key_id                uuid NOT NULL,
    kind                  text NOT NULL,
    version               integer NOT NULL,
    key_hash              bytea NOT NULL,
    hint                  text,
    system_id             uuid,
    owner_id              uuid,
    occurred_at           timestamptz NOT NULL,
    effective_at          timestamptz NOT NULL,
    actor_kind            text NOT NULL,
    actor_user            uuid,
    actor_key             uuid,
    reason                text,
    comment               text,
    PRIMARY KEY (partition, revision),
    FOREIGN KEY (partition, revision) REFERENCES event (partition, revision)
);

COMMENT ON COLUMN revoked_token.hint IS 'Prefix and last four characters of the secret; null: no event told it.';
COMMENT ON COLUMN revoked_token.effective_at IS 'From when on the secret is refused: later than occurred_at in an overlap.';
COMMENT ON COLUMN revoked_token.owner_id IS 'The user that the token belonged to.';

CREATE INDEX revoked_token_organization ON revoked_token (organization_id, organization_revision);
CREATE INDEX revoked_token_hash ON revoked_token (key_hash);

-- What was not as it must be, with the whole record as evidence where it has no place in the table of events.
CREATE TABLE alarm (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind          text NOT NULL,
    partition     integer NOT NULL,
    record_offset bigint NOT NULL,
    revision      bigint,
    detail        text NOT NULL,
    evidence      jsonb,
    raised_at     timestamptz NOT NULL DEFAULT clock_timestamp()
);

COMMENT ON COLUMN alarm.evidence IS 'The record''s key, value and headers in Base64; null: the record is in the table of events.';

-- Reading the same record again, after a restart, must not raise its alarm again.
CREATE UNIQUE INDEX alarm_once ON alarm (kind, partition, record_offset, coalesce(revision, -1));

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The record is append-only: % on % is refused.', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END
$$;

DO $$
DECLARE
    recorded text;
BEGIN
    -- Roles belong to the whole cluster: another database's migration may have made it.
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'keyledger_audit_writer') THEN
        CREATE ROLE keyledger_audit_writer NOLOGIN;
    END IF;
    FOREACH recorded IN ARRAY ARRAY ['ledger', 'event', 'revoked_token', 'alarm'] LOOP
        EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON %I '
            'FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', recorded);
        -- ALWAYS: session_replication_role = replica does not step around it.
        EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER append_only', recorded);
        EXECUTE format('REVOKE ALL ON %I FROM PUBLIC', recorded);
        EXECUTE format('GRANT SELECT, INSERT ON %I TO keyledger_audit_writer', recorded);
    END LOOP;
END
$$;
