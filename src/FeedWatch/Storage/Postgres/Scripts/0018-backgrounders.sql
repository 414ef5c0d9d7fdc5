-- SQLite's 0018, where the columns are explained.
create table backgrounders (
    article_id  uuid   not null primary key,
    key         text   not null,
    linked_at   bigint not null,
    reported_at bigint not null,
    title       text   not null,
    source      text   not null,
    language    text   null,
    link        text   null
);
create index backgrounders_key on backgrounders (key);
create index backgrounders_linked on backgrounders (linked_at);
