-- Publishing: events that are decided and not yet on the bus.
create table outbox (
    position   integer not null primary key autoincrement,
    event_id   text    not null unique,
    subject    text    not null,                -- what keeps its order: the incident, else the event itself
    body       text    not null,
    sequence   integer not null,
    created_at integer not null,
    sent_at    integer null,
    attempts   integer not null default 0,
    next_at    integer not null default 0,
    failure    text    null
);
create index outbox_unsent on outbox (position) where sent_at is null;
