-- SQLite's 0017, where the columns are explained.
create table feed_trouble (
    feed_id  uuid   not null,
    kind     text   not null,
    since    bigint not null,
    tries    bigint not null default 1,
    event_id uuid   null,
    primary key (feed_id, kind)
);

create table coverage_lost (
    kind     text   not null,
    value    text   not null,
    told_at  bigint not null,
    event_id uuid   not null,
    primary key (kind, value)
);
