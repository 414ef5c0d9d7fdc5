-- Incidents: one row for each, its facts as JSON, and the keys by which later reports find it.
create table incidents (
    id            text    not null primary key, -- UUIDv5 of the key it was opened with
    facts         text    not null,
    sequence      integer not null,             -- of its last event
    opened_at     integer not null,
    changed_at    integer not null,
    pending_since integer null,                 -- first fact that waits for the update window
    pending       text    null                  -- the changes gathered so far
);
create index incidents_pending on incidents (pending_since) where pending_since is not null;

create table incident_keys (
    key         text not null primary key,      -- network:sky-ecc, operation:trojan-shield
    incident_id text not null references incidents (id)
) without rowid;

create table incident_articles (
    incident_id text    not null references incidents (id),
    article_id  text    not null,
    linked_at   integer not null,
    report      text    not null,               -- the article as reported, JSON
    primary key (incident_id, article_id)
) without rowid;
