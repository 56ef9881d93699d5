-- Which generation of the directory is read, and which one is being built to replace it.
create table directory_generation (
    only_row boolean primary key default true check (only_row),
    current  integer not null,
    building integer
);
insert into directory_generation (current) values (1);
