-- What machines share of a store, in PostgreSQL: the pointer, what lies beside the versions, and drafts; in a schema of
-- the store's own (`kvalitet`; of an owner's part of a store of several `kvalitet_` and its number, owners.sql). DuckLake
-- keeps its own tables in another of the same database (`ducklake`, `ducklake_` and the number).

-- One row: the store. in_force: NULL before the first version; last_number: the highest that any version has had;
-- turn: another at each writer's turn, by which those who wait see that others get theirs.
create table if not exists store (
    id uuid not null default gen_random_uuid(), format integer not null, in_force integer,
    last_number integer not null default 0, turn bigint not null default 0
);
create unique index if not exists one_store on store ((true));

-- One row a published version. snapshot: DuckLake's, at which the lake's tables are the version's.
create table if not exists version (
    number integer primary key, view text not null, answers text not null, view_sha256 text not null, snapshot bigint not null
);

-- One row a small file beside the versions (roles, openness, forms ...); changed: another at each change.
create sequence if not exists change;
create table if not exists beside (name text primary key, contents bytea not null, changed bigint not null);

-- One row a line of the audit file, at the byte where it starts there.
create table if not exists audit (start bigint primary key, line bytea not null);

-- Drafts, as store/drafts.py has them in SQLite; rowid is what SQLite gives every table.
create table if not exists draft_head (
    id text primary key, about text not null, who text not null, session text not null, changed text not null,
    owner text not null default '', rowid bigint generated always as identity
);
create table if not exists draft_field (
    draft text not null, name text not null, before text not null, text text not null, within text not null,
    rowid bigint generated always as identity, primary key (draft, name)
);
create index if not exists draft_about on draft_head (about);

insert into store (format) values (1) on conflict do nothing;
