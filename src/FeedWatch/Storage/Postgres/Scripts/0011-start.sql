-- The schema as SQLite's scripts 0001 to 0011 leave it; what each column means is said there.
create table feeds (
    id            uuid not null primary key,
    url           text    not null,
    host          text    not null,
    name          text    not null,
    language      text    null,
    country       text    null,
    interval_ms   bigint  null,
    enabled       bigint  not null,
    etag          text    null,
    last_modified text    null,
    next_poll_at  bigint  not null default 0,
    not_before    bigint  not null default 0,
    leased_until  bigint  not null default 0,
    gone          bigint  not null default 0,
    polled_at     bigint  null,
    succeeded_at  bigint  null,
    failures      bigint  not null default 0,
    failure       text    null,
    cron          text    null,
    level         bigint  not null default 0,
    rhythm_ms     bigint  null,
    newest_at     bigint  null,
    gap_ms        bigint  not null default 0,
    skip_hours    bigint  not null default 0,
    skip_days     bigint  not null default 0,
    moved_to      text    null,
    moved_seen    bigint  not null default 0,
    moved_at      bigint  null,
    repairs       text    null,
    domain        text    not null default '',
    auth          text    null
);
create index feeds_due on feeds (next_poll_at) where enabled = 1 and gone = 0;
create index feeds_leased on feeds (host, leased_until);

create table seen (
    id  bytea  not null primary key,
    day bigint not null
);

create table standing (
    feed_id uuid not null primary key,
    ids     bytea not null
);

create table incidents (
    id            uuid not null primary key,
    facts         text   not null,
    sequence      bigint not null,
    opened_at     bigint not null,
    changed_at    bigint not null,
    pending_since bigint null,
    pending       text   null
);
create index incidents_pending on incidents (pending_since) where pending_since is not null;

create table incident_keys (
    key         text collate "C" not null primary key, -- ranges of it are looked up by the order of its letters' numbers
    incident_id uuid not null references incidents (id)
);

create table incident_articles (
    incident_id uuid not null references incidents (id),
    article_id  uuid not null,
    linked_at   bigint not null,
    report      text   not null,
    primary key (incident_id, article_id)
);

create table outbox (
    position    bigint not null primary key generated always as identity,
    event_id    uuid not null unique,
    subject     uuid not null,
    body        text   not null,
    sequence    bigint not null,
    created_at  bigint not null,
    sent_at     bigint null,
    attempts    bigint not null default 0,
    next_at     bigint not null default 0,
    failure     text   null,
    refusals    bigint not null default 0,
    dead_at     bigint null,
    dropped_at  bigint null,
    dropped_why text   null
);
create index outbox_waiting on outbox (position) where sent_at is null and dead_at is null;
create index outbox_order on outbox (subject, position) where sent_at is null and dead_at is null;
create index outbox_dead on outbox (position) where dead_at is not null;
