-- SQLite's 0013, where the columns are explained.
alter table incident_articles add column reported_at bigint not null default 0;
alter table incident_articles add column named       bigint not null default 1;
alter table incident_articles add column marks       text   not null default '';
update incident_articles set reported_at = linked_at;
create index incident_articles_time on incident_articles (reported_at);

alter table incidents add column first_at      bigint not null default 0;
update incidents set first_at = opened_at;
alter table incidents add column merged_into   uuid   null;
alter table incidents add column retracted_at  bigint null;
alter table incidents add column retracted_why text   null;
create index incident_keys_incident on incident_keys (incident_id);

create table retracted_texts (
    fingerprint bytea  not null primary key,
    incident_id uuid   not null,
    at          bigint not null
);

create table learnt_names (
    name   text   not null,
    outlet text   not null,
    at     bigint not null,
    primary key (name, outlet)
);

update incidents set facts = '';

create table incident_marks (
    mark        text   not null,
    incident_id uuid   not null,
    reports     bigint not null,
    primary key (mark, incident_id)
);
create index incident_marks_incident on incident_marks (incident_id);
