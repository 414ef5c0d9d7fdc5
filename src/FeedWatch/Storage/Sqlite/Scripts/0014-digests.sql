create table digests (
    name       text    not null primary key,
    told_until integer not null                 -- the end of the last period that was told
) without rowid;

create table tally (
    quarter  integer not null primary key,      -- quarters of an hour since 1970
    articles integer not null,                  -- new ones that were examined
    matched  integer not null                   -- and would be told
);
create index incident_articles_linked on incident_articles (linked_at);
