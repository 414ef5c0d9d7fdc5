PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE event (
    id          text primary key,
    body        text not null,
    recorded_at integer not null  -- unix ms, as all times here
);
INSERT INTO event VALUES('b84b64a7-d722-5cec-a1c4-e1117aa430d9','{"type":"incident.detected","id":"b84b64a7-d722-5cec-a1c4-e1117aa430d9","time":"2026-11-24T09:10:09.5464921+00:00","incidentId":"a77ab77b-90d1-5e79-8d52-0196f2b1fc53","sequence":1,"title":"Police take down encrypted phone network EncroChat, 38 arrested","severity":"breaking","severityReason":"reports the takedown itself","knownSince":"2020-07-02","networks":[{"name":"EncroChat","slug":"encrochat","listed":true,"about":true}],"operations":[],"agencies":["Europol"],"countries":[],"figures":[{"kind":"arrests","value":38,"unit":"","scope":"world","what":""}],"article":{"id":"2ce17d16-26b7-528e-8a9f-b82c61927753","title":"Police take down encrypted phone network EncroChat, 38 arrested","summary":"Police across Europe have dismantled EncroChat, an encrypted phone network used by organised crime, Europol said. 38 people were arrested worldwide.","link":"https://herald.example/encrochat","source":"Herald","language":"en","publishedAt":"2026-11-24T09:01:00+00:00","label":"takedown","score":0.999,"evidence":[{"text":"Police across Europe have dismantled EncroChat, an encrypted phone network used by organised crime, Europol said.","concepts":["agency","crime","network","police","takedown","thing"]},{"text":"Police take down encrypted phone network EncroChat, 38 arrested","concepts":["arrest","network","police","takedown","thing"]}]},"sources":[{"name":"Herald","link":"https://herald.example/encrochat","language":"en","time":"2026-11-24T09:01:00+00:00"}]}',1795511410319);
INSERT INTO event VALUES('8cddcbb2-5b47-542f-b099-43158721760f','{"type":"article.matched","id":"8cddcbb2-5b47-542f-b099-43158721760f","time":"2026-11-24T09:10:09.5464921+00:00","incidentId":"a77ab77b-90d1-5e79-8d52-0196f2b1fc53","severity":"breaking","article":{"id":"2ce17d16-26b7-528e-8a9f-b82c61927753","title":"Police take down encrypted phone network EncroChat, 38 arrested","summary":"Police across Europe have dismantled EncroChat, an encrypted phone network used by organised crime, Europol said. 38 people were arrested worldwide.","link":"https://herald.example/encrochat","source":"Herald","language":"en","publishedAt":"2026-11-24T09:01:00+00:00","label":"takedown","score":0.999,"evidence":[{"text":"Police across Europe have dismantled EncroChat, an encrypted phone network used by organised crime, Europol said.","concepts":["agency","crime","network","police","takedown","thing"]},{"text":"Police take down encrypted phone network EncroChat, 38 arrested","concepts":["arrest","network","police","takedown","thing"]}]},"networks":[{"name":"EncroChat","slug":"encrochat","listed":true,"about":true}],"operations":[],"agencies":["Europol"],"countries":[],"figures":[{"kind":"arrests","value":38,"unit":"","scope":"world","what":""}]}',1795511410415);
INSERT INTO event VALUES('615b6ee5-ed03-5461-96fd-5a1b77e94751','{"type":"incident.detected","id":"615b6ee5-ed03-5461-96fd-5a1b77e94751","time":"2026-11-24T09:30:09.9243233+00:00","incidentId":"70d8f65b-f7d8-5212-8a45-ac6e14513475","sequence":1,"title":"Police take down encrypted phone network ANOM, 800 arrested","severity":"breaking","severityReason":"reports the takedown itself","knownSince":"2021-06-08","networks":[{"name":"ANOM","slug":"anom","listed":true,"about":true}],"operations":[],"agencies":["Europol"],"countries":[],"figures":[{"kind":"arrests","value":800,"unit":"","scope":"world","what":""}],"article":{"id":"330de3ad-1656-545e-b3ae-09c1e2455235","title":"Police take down encrypted phone network ANOM, 800 arrested","summary":"Police across Europe have dismantled ANOM, an encrypted phone network used by organised crime, Europol said. 800 people were arrested worldwide.","link":"https://herald.example/anom","source":"Herald","language":"en","publishedAt":"2026-11-24T09:02:00+00:00","label":"takedown","score":0.999,"evidence":[{"text":"Police across Europe have dismantled ANOM, an encrypted phone network used by organised crime, Europol said.","concepts":["agency","crime","network","police","takedown","thing"]},{"text":"Police take down encrypted phone network ANOM, 800 arrested","concepts":["arrest","network","police","takedown","thing"]}]},"sources":[{"name":"Herald","link":"https://herald.example/anom","language":"en","time":"2026-11-24T09:02:00+00:00"}]}',1795512610771);
INSERT INTO event VALUES('14466252-6533-519c-b6a9-66b4c93b1d50','{"type":"article.matched","id":"14466252-6533-519c-b6a9-66b4c93b1d50","time":"2026-11-24T09:30:09.9243233+00:00","incidentId":"70d8f65b-f7d8-5212-8a45-ac6e14513475","severity":"breaking","article":{"id":"330de3ad-1656-545e-b3ae-09c1e2455235","title":"Police take down encrypted phone network ANOM, 800 arrested","summary":"Police across Europe have dismantled ANOM, an encrypted phone network used by organised crime, Europol said. 800 people were arrested worldwide.","link":"https://herald.example/anom","source":"Herald","language":"en","publishedAt":"2026-11-24T09:02:00+00:00","label":"takedown","score":0.999,"evidence":[{"text":"Police across Europe have dismantled ANOM, an encrypted phone network used by organised crime, Europol said.","concepts":["agency","crime","network","police","takedown","thing"]},{"text":"Police take down encrypted phone network ANOM, 800 arrested","concepts":["arrest","network","police","takedown","thing"]}]},"networks":[{"name":"ANOM","slug":"anom","listed":true,"about":true}],"operations":[],"agencies":["Europol"],"countries":[],"figures":[{"kind":"arrests","value":800,"unit":"","scope":"world","what":""}]}',1795512610857);
CREATE TABLE delivery (
    seq         integer primary key autoincrement,  -- a channel posts in this order
    event_id    text not null references event (id),
    channel     text not null,
    state       text not null default 'pending',    -- held (till quiet hours end), pending, sending, sent, dead, unsure (given up, perhaps posted), dropped
    tries       integer not null default 0,
    due_at      integer not null default 0,
    reference   text,                               -- what the chat calls the post
    reason      text,                               -- why the last try failed
    changed_at  integer not null,
    body        text,                               -- what is posted in the place of the event: several updates in one
    unique (event_id, channel)
);
INSERT INTO delivery VALUES(1,'b84b64a7-d722-5cec-a1c4-e1117aa430d9','desk','sent',1,0,NULL,NULL,1795511410476,NULL);
INSERT INTO delivery VALUES(2,'615b6ee5-ed03-5461-96fd-5a1b77e94751','desk','pending',1,1795512611923,NULL,'Could not find file ''/proc/nowhere''.',1795512610927,NULL);
CREATE TABLE first_post (
    channel     text not null,
    incident    text not null,
    reference   text not null,                      -- what later posts of the incident refer to
    posted_at   integer not null,                   -- the last of them
    primary key (channel, incident)
);
CREATE TABLE followed (
    incident text    not null,
    channel  text    not null,                      -- it has heard of the incident
    severity integer not null,                      -- the highest that was told there; -1 while all of it is held
    told_at  integer not null,
    primary key (incident, channel)
);
INSERT INTO followed VALUES('a77ab77b-90d1-5e79-8d52-0196f2b1fc53','desk',3,1795511410319);
INSERT INTO followed VALUES('70d8f65b-f7d8-5212-8a45-ac6e14513475','desk',3,1795512610771);
CREATE TABLE mute (
    what    text    not null,                       -- network:SLUG, incident:ID or all
    channel text    not null,                       -- empty: every channel
    since   integer not null,
    until   integer not null,
    kept    integer not null,                       -- how many posts it kept away
    primary key (what, channel)
);
CREATE TABLE trouble (
    channel  text primary key,                      -- it takes nothing
    since    integer not null,
    told_at  integer not null,                      -- when the other channels were told; 0 where they were not
    event_id text                                   -- by which event
);
CREATE TABLE announcement (
    seq      integer primary key autoincrement,
    event_id text    not null unique,
    body     text    not null                       -- what the bus does not have yet
);
CREATE TABLE request (
    id       text primary key,                      -- of what a bot asked, so that it is carried out once
    asked_at integer not null
);
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('delivery',2);
CREATE INDEX delivery_open on delivery (channel, seq) where state in ('pending', 'sending');
CREATE INDEX delivery_held on delivery (channel, seq) where state = 'held';
CREATE INDEX delivery_done on delivery (channel, changed_at) where state in ('sent', 'dead', 'unsure');
COMMIT;
pragma user_version = 2;
