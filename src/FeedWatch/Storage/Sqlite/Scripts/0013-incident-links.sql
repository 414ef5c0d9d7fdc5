-- Incidents: what each report is linked by, and what became of an incident that was corrected.
alter table incident_articles add column reported_at integer not null default 0;  -- when it was published, else when it came
alter table incident_articles add column named       integer not null default 1;  -- 0: linked by likeness alone
alter table incident_articles add column marks       text    not null default ''; -- agencies, countries, figures, in short
update incident_articles set reported_at = linked_at;
create index incident_articles_time on incident_articles (reported_at);

alter table incidents add column first_at      integer not null default 0; -- its first report was published then
update incidents set first_at = opened_at;
alter table incidents add column merged_into   text    null;              -- the incident that goes on in its place
alter table incidents add column retracted_at  integer null;
alter table incidents add column retracted_why text    null;
create index incident_keys_incident on incident_keys (incident_id);

create table retracted_texts (
    fingerprint blob    not null primary key,   -- of title and summary; such a text alerts nobody again
    incident_id text    not null,
    at          integer not null
) without rowid;

-- Names of networks that reports introduced and no list has: later reports are read with them.
create table learnt_names (
    name   text    not null,
    outlet text    not null,                    -- who used it; a name that one outlet alone uses is not read with
    at     integer not null,
    primary key (name, outlet)
) without rowid;

-- Incidents of earlier versions are made anew from their reports when they are next needed.
update incidents set facts = '';

-- What the reports of each incident name: agencies, countries, figures, years, stems of places and people.
create table incident_marks (
    mark        text    not null,
    incident_id text    not null,
    reports     integer not null,               -- how many of them
    primary key (mark, incident_id)
) without rowid;
create index incident_marks_incident on incident_marks (incident_id);
