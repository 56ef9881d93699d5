-- A generation is of one ledger, and is not read before it has been filled.
delete from directory_generation;
alter table directory_generation
    alter column current drop not null,
    add column ledger_id uuid not null;
