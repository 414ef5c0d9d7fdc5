-- Seen: every article that was ever in a polled feed.
create table articles (
    id           text    not null primary key, -- UUIDv5 of the canonical address, else of feed and content
    feed_id      text    not null,
    seen_at      integer not null
) without rowid;
create index articles_age on articles (seen_at);
