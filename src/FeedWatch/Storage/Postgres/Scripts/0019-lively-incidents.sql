-- SQLite's 0019, where it is explained.
delete from incident_marks where mark like 'l:%';
insert into incident_marks (mark, incident_id, reports)
    select 'q:' || (reported_at / 7889400000), incident_id, count(*) from incident_articles group by 1, 2;
