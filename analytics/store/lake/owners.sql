-- Of a store of several owners, in its own schema: one row an owner with whom anything has been begun. number: of the
-- schemas in which the owner's part lies; changed: another at each change of it.
create table if not exists part (
    number integer primary key generated always as identity, owner text not null unique, changed bigint not null default 0
);

-- Another number at each turn of a load of several owners', by which those who wait see that others get theirs.
create sequence if not exists turn_at_owners;
