-- SQLite's 0012, where the columns are explained.
alter table standing add column marks bytea null;

create table told (
    name      bytea  not null primary key,
    article   bytea  not null,
    day       bigint not null,
    published bigint null,
    searched  bigint not null default 0
);
insert into told (name, article, day)
    select uuid_send(article_id), uuid_send(article_id), linked_at / 86400000 from incident_articles on conflict do nothing;
create index incident_articles_article on incident_articles (article_id);
