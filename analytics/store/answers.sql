-- answers-<n>.duckdb: individual answers. Opened by loads alone, never by the app's pages.

-- One row an answer; level NULL = don't know or blank. `respondent` is a number given at load; what the file called
-- the person is not stored.
create table if not exists answer (
    framework varchar not null, year smallint not null, school_id varchar not null,
    respondent integer not null, criterion varchar not null, level utinyint, team varchar, role varchar
);

-- One row a school x year x criterion x level, for rounds that came as counts; level NULL = don't know.
create table if not exists level_count (
    framework varchar not null, year smallint not null, school_id varchar not null,
    criterion varchar not null, level utinyint, answers integer not null
);

-- One row a school-round that somebody counted the invited for; responded NULL = not stated.
create table if not exists participation (
    framework varchar not null, year smallint not null, school_id varchar not null,
    invited integer not null, responded integer
);

-- One row a school-round that holds answers: where they came from and which version brought them.
create table if not exists round_source (
    framework varchar not null, year smallint not null, school_id varchar not null,
    provenance varchar not null, version integer not null
);

-- One row: the version that this file was made for, and the key of its view's `answers_digest` (store/sources.py).
create table if not exists made (version integer not null, key varchar not null);

-- One row a file that that version was made from. Not in the view: a hash and a number of rows tell a hidden row.
create table if not exists source_file (
    file varchar not null, sha256 varchar not null, kind varchar not null, rows integer not null
);
