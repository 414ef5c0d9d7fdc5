-- Sources: the feed list and what polling learnt of each feed. Times are Unix milliseconds.
create table feeds (
    id            text    not null primary key, -- UUIDv5 of the address
    url           text    not null,
    host          text    not null,
    name          text    not null,
    language      text    null,
    country       text    null,
    interval_ms   integer null,                 -- the list's own interval for this feed
    enabled       integer not null,             -- in the list and not switched off there
    etag          text    null,                 -- validators of the last 200, byte for byte
    last_modified text    null,
    next_poll_at  integer not null default 0,
    not_before    integer not null default 0,   -- Retry-After: binds even --once
    leased_until  integer not null default 0,
    gone          integer not null default 0,   -- answered 410
    polled_at     integer null,
    succeeded_at  integer null,
    failures      integer not null default 0,   -- in a row
    failure       text    null
);
create index feeds_due on feeds (next_poll_at) where enabled = 1 and gone = 0;
create index feeds_leased on feeds (host, leased_until);
