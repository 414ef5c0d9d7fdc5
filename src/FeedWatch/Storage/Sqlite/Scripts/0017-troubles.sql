-- Polling: feeds that are not well, and where FeedWatch is blind, until it is told that this is over.
create table feed_trouble (
    feed_id  text    not null,
    kind     text    not null,           -- failing, gone (410) or silent
    since    integer not null,           -- the first of the failures in a row; silent: the last new article
    tries    integer not null default 1, -- polls in a row at which it was not read, also for reasons that are not the feed's
    event_id text    null,               -- what told of it; null where nothing did yet
    primary key (feed_id, kind)
) without rowid;

create table coverage_lost (
    kind     text    not null,           -- country, language or all
    value    text    not null,           -- empty for all
    told_at  integer not null,
    event_id text    not null,           -- what told of it
    primary key (kind, value)
) without rowid;
