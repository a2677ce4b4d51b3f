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

-- What publishing made of what (maturity/publish/kept.py), for the next version to take over what is made of the same.
-- Digests of answers are among it: no page may read it, and it goes with the answers.
create table if not exists worked_out (digest blob not null, figures blob not null, proof blob not null);

-- Gallring (loads/disposal.py) ---------------------------------------------------------------------------------------

-- One row a school-round whose answers have been taken away while its figures stay: the versions after `version` carry
-- them along as they were published, as they cannot be counted any more.
create table if not exists disposed_round (
    framework varchar not null, year smallint not null, school_id varchar not null, version integer not null
);

-- One row a school x area of such a round in which people could be followed over the criteria: how many, and the
-- standard error of the area's mean by them. Of twenty people or more; it says no more than the mean's interval does.
create table if not exists disposed_noise (
    framework varchar not null, year smallint not null, school_id varchar not null, area varchar not null,
    respondents double not null, error double not null
);

-- One row a time that anything was taken away: the protocol, as JSON (store/disposals.py); version: the one it made.
create table if not exists disposal (version integer not null, made_at timestamp not null, contents varchar not null);
