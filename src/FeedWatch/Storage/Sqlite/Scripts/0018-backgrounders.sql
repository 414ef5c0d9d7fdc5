-- Incidents: articles about one network that report nothing of it; they belong to the incident that their key leads to.
create table backgrounders (
    article_id  text    not null primary key,
    key         text    not null,  -- as in incident_keys
    linked_at   integer not null,  -- when it came
    reported_at integer not null,  -- when it was published, else when it came
    title       text    not null,
    source      text    not null,
    language    text    null,
    link        text    null
) without rowid;
create index backgrounders_key on backgrounders (key);
create index backgrounders_linked on backgrounders (linked_at);

-- Hundreds of reports around a day are read for one more: side by side in an index with all that is asked of them, not each on a page of its own.
drop index incident_articles_time;
create index incident_articles_near on incident_articles (reported_at, article_id, marks);
