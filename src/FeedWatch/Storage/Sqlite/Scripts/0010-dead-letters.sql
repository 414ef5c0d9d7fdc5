-- Publishing: events that the bus refuses for their own sake are set aside, so that they hold up no others.
alter table outbox add column refusals    integer not null default 0; -- tries that failed for the event's own sake
alter table outbox add column dead_at     integer null;               -- given up then; failure says why
alter table outbox add column dropped_at  integer null;               -- taken out by hand then
alter table outbox add column dropped_why text    null;
drop index outbox_unsent;
create index outbox_waiting on outbox (position) where sent_at is null and dead_at is null;
create index outbox_order on outbox (subject, position) where sent_at is null and dead_at is null;
create index outbox_dead on outbox (position) where dead_at is not null;
