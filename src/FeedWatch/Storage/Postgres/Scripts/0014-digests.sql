-- SQLite's 0014, where the columns are explained.
create table digests (
    name       text   not null primary key,
    told_until bigint not null
);

create table tally (
    quarter  bigint not null primary key,
    articles bigint not null,
    matched  bigint not null
);
create index incident_articles_linked on incident_articles (linked_at);
