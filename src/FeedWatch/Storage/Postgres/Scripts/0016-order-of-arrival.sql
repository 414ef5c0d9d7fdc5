-- SQLite's 0016, where the columns are explained.
alter table incident_keys add column at bigint not null default 0;
create index incident_keys_at on incident_keys (at);
create index incident_articles_nameless on incident_articles (reported_at) where named = 0;
create index incidents_first on incidents (first_at) where merged_into is null;

delete from incident_keys where key like 'article:%';
