-- Seen: which articles are known. Ids are hashes and kept as their 16 bytes, without an index by age, so that a year of 10,000
-- feeds is hundreds of megabytes and not thousands.
create table seen (
    id  blob    not null primary key, -- UUIDv5 of the canonical address, else of feed and content
    day integer not null              -- days since 1970: first seen, or came to stand in another feed, or left one
) without rowid;
insert into seen (id, day) select unhex(replace(id, '-', '')), seen_at / 86400000 from articles;
drop table articles;

create table standing (
    feed_id text not null primary key,
    ids     blob not null             -- 16 bytes for each article that stood in the feed when it was last read; never too few
);
