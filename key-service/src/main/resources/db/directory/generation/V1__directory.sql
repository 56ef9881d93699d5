-- One generation: everything in it follows from key-events, and nothing refers to another generation.

-- The last event that was applied, in the same transaction as what it changed.
create table position (
    partition   integer primary key,
    revision    bigint  not null,
    next_offset bigint  not null
);

create table organization (
    id             uuid primary key,
    name           text not null,
    agents_active  boolean not null,
    unlinked_hosts text not null,
    mixed_batches  text not null,
    -- Counts changes of the settings.
    version        bigint not null,
    created_at     timestamptz not null
);

create table system (
    id                     uuid primary key,
    organization_id        uuid not null,
    name                   text not null,
    -- By which the list is sorted: the name, folded as the ledger folds it.
    name_key               text not null collate "C",
    override_required_from timestamptz,
    host_count             integer not null,
    created_at             timestamptz not null,
    version                bigint not null
);
create index system_by_name on system (organization_id, name_key);

create table host (
    organization_id uuid not null,
    host            text not null collate "C",
    system_id       uuid not null,
    linked_at       timestamptz not null,
    primary key (organization_id, host)
);
create index host_by_system on host (system_id, host);

create table key (
    id                uuid primary key,
    organization_id   uuid not null,
    kind              text not null collate "C",
    status            text not null,
    hint              text not null,
    version           integer not null,
    system_id         uuid,
    owner_id          uuid,
    description       text,
    permissions       text[] not null,
    created_at        timestamptz not null,
    created_by_kind   text not null,
    created_by_user   uuid,
    created_by_key    uuid,
    secret_created_at timestamptz not null,
    expires_at        timestamptz,
    superseded_at     timestamptz,
    revoked_at        timestamptz,
    revoked_reason    text,
    revoked_comment   text,
    -- The organization's or the System's last one: of Collector keys alone.
    current           boolean not null
);
create index collector_key_by_place on key (organization_id, kind, id) where current;
create index key_by_system on key (system_id) where current;

-- Names and addresses are sealed under the person's data key.
create table person (
    id               uuid primary key,
    organization_id  uuid not null,
    role             text not null,
    status           text not null,
    name_sealed      text not null,
    email_sealed     text
);
create index person_by_organization on person (organization_id, id);
