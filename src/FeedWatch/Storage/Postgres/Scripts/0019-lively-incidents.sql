-- SQLite's 0019, where it is explained.
delete from incident_marks where mark like 'l:%';
insert into incident_marks (mark, incident_id, reports)
    select 'q:' || (reported_at / 7889400000), incident_id, count(*) from incident_articles group by 1, 2;

-- Ranges of it are looked up by the order of its letters' numbers.
alter table incident_marks alter column mark type text collate "C";
drop index incident_marks_incident;
create index incident_marks_incident on incident_marks (incident_id, mark);
