-- Lists in the order of the ledger's own revisions: an event that nobody could read has no number in its organization, and
-- belongs in its list all the same.
DROP INDEX event_organization, event_time, event_type, event_key, event_system, event_moved_from, event_actor_user,
    event_actor_key, revoked_token_organization;

CREATE INDEX event_organization ON event (organization_id, revision, partition);
CREATE INDEX event_time ON event (organization_id, coalesce(occurred_at, recorded_at));
CREATE INDEX event_type ON event (organization_id, type, revision);
CREATE INDEX event_key ON event (organization_id, key_id, revision) WHERE key_id IS NOT NULL;
CREATE INDEX event_system ON event (organization_id, system_id, revision) WHERE system_id IS NOT NULL;
CREATE INDEX event_moved_from ON event (organization_id, moved_from, revision) WHERE moved_from IS NOT NULL;
CREATE INDEX event_actor_user ON event (organization_id, actor_user, revision) WHERE actor_user IS NOT NULL;
CREATE INDEX event_actor_key ON event (organization_id, actor_key, revision) WHERE actor_key IS NOT NULL;
CREATE INDEX revoked_token_organization ON revoked_token (organization_id, revision, partition);

ALTER TABLE alarm ADD COLUMN organization_id uuid;

COMMENT ON COLUMN alarm.organization_id IS 'Whose affair it is; null: that of all organizations of the partition.';

CREATE INDEX alarm_organization ON alarm (organization_id, id) WHERE organization_id IS NOT NULL;
CREATE INDEX alarm_partition ON alarm (partition, id) WHERE organization_id IS NULL;
