-- Seen: what each standing article said, so that an edit is noticed and an entry known under a new address or guid.
alter table standing add column marks blob null; -- 16 bytes for each id: text to the letter, print; null where an earlier version wrote the row

-- Incidents: every name of an article that matched, so that it is told once. No more rows than alerts.
create table told (
    name      blob    not null primary key, -- article id (16 bytes), or print of outlet and headline (8)
    article   blob    not null,             -- the id under which it was told
    day       integer not null,             -- days since 1970: last used
    published integer null,                 -- Unix seconds; beside a print
    searched  integer not null default 0    -- 1: found by a news search
) without rowid;
insert or ignore into told (name, article, day)
    select unhex(replace(article_id, '-', '')), unhex(replace(article_id, '-', '')), linked_at / 86400000 from incident_articles;
create index incident_articles_article on incident_articles (article_id);
