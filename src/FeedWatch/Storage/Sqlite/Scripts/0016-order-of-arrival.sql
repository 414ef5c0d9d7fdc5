-- Reports are linked in the order of their dates, whenever they come: a name leads somewhere from its first report on.
alter table incident_keys add column at integer not null default 0; -- when the first report that gave it was published; 0: before this column was
create index incident_keys_at on incident_keys (at);
create index incident_articles_nameless on incident_articles (reported_at) where named = 0;
create index incidents_first on incidents (first_at) where merged_into is null;

-- A nameless report is found by what it says; its own key led nowhere.
delete from incident_keys where key like 'article:%';
