-- Sources: what decides when a feed is polled next, beside its interval.
alter table feeds add column cron       text    null;               -- the list's own schedule, Quartz syntax, UTC
alter table feeds add column level      integer not null default 0; -- escalation: one up per failure, one down per success
alter table feeds add column rhythm_ms  integer null;               -- mean time between new articles, smoothed
alter table feeds add column newest_at  integer null;               -- when the last new article came
alter table feeds add column gap_ms     integer not null default 0; -- ttl, sy:updatePeriod of the feed
alter table feeds add column skip_hours integer not null default 0; -- bit n: not in hour n GMT
alter table feeds add column skip_days  integer not null default 0; -- bit n: not on that day of the week
alter table feeds add column moved_to   text    null;               -- permanent redirect that has not proved itself yet
alter table feeds add column moved_seen integer not null default 0; -- times it was seen, a day or more apart
alter table feeds add column moved_at   integer null;               -- when it was last counted
alter table feeds add column repairs    text    null;               -- what had to be mended at the last good poll
alter table feeds add column domain     text    not null default '';-- what a Retry-After binds: registrable domain, or the address itself
