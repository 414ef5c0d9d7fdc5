PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE [SchemaVersions] (
    SchemaVersionID INTEGER CONSTRAINT [PK_SchemaVersions_Id] PRIMARY KEY AUTOINCREMENT NOT NULL,
    ScriptName TEXT NOT NULL,
    Applied DATETIME NOT NULL
);
INSERT INTO SchemaVersions VALUES(1,'0001-feeds.sql','2026-11-24 09:10:06.2092823');
INSERT INTO SchemaVersions VALUES(2,'0002-articles.sql','2026-11-24 09:10:06.2169179');
INSERT INTO SchemaVersions VALUES(3,'0003-incidents.sql','2026-11-24 09:10:06.2175076');
INSERT INTO SchemaVersions VALUES(4,'0004-outbox.sql','2026-11-24 09:10:06.2178236');
INSERT INTO SchemaVersions VALUES(5,'0005-schedule.sql','2026-11-24 09:10:06.2214888');
INSERT INTO SchemaVersions VALUES(6,'0006-feed-auth.sql','2026-11-24 09:10:06.221932');
INSERT INTO SchemaVersions VALUES(7,'0010-dead-letters.sql','2026-11-24 09:10:06.2233338');
INSERT INTO SchemaVersions VALUES(8,'0011-seen.sql','2026-11-24 09:10:06.2238392');
INSERT INTO SchemaVersions VALUES(9,'0012-identity.sql','2026-11-24 09:10:06.2244853');
INSERT INTO SchemaVersions VALUES(10,'0013-incident-links.sql','2026-11-24 09:10:06.2272688');
INSERT INTO SchemaVersions VALUES(11,'0014-digests.sql','2026-11-24 09:10:06.227687');
INSERT INTO SchemaVersions VALUES(12,'0015-requests.sql','2026-11-24 09:10:06.2279265');
INSERT INTO SchemaVersions VALUES(13,'0016-order-of-arrival.sql','2026-11-24 09:10:06.228626');
INSERT INTO SchemaVersions VALUES(14,'0017-troubles.sql','2026-11-24 09:10:06.2290041');
INSERT INTO SchemaVersions VALUES(15,'0018-backgrounders.sql','2026-11-24 09:10:06.2294118');
INSERT INTO SchemaVersions VALUES(16,'0019-lively-incidents.sql','2026-11-24 09:10:06.2299512');
INSERT INTO SchemaVersions VALUES(17,'0020-merged-incidents.sql','2026-11-24 09:10:06.2303011');
CREATE TABLE feeds (
    id            text    not null primary key, -- UUIDv5 of the address
    url           text    not null,
    host          text    not null,
    name          text    not null,
    language      text    null,
    country       text    null,
    interval_ms   integer null,                 -- the list's own interval for this feed
    enabled       integer not null,             -- in the list and not switched off there
    etag          text    null,                 -- validators of the last 200, byte for byte
    last_modified text    null,
    next_poll_at  integer not null default 0,
    not_before    integer not null default 0,   -- Retry-After: binds even --once
    leased_until  integer not null default 0,
    gone          integer not null default 0,   -- answered 410
    polled_at     integer null,
    succeeded_at  integer null,
    failures      integer not null default 0,   -- in a row
    failure       text    null
, cron       text    null, level      integer not null default 0, rhythm_ms  integer null, newest_at  integer null, gap_ms     integer not null default 0, skip_hours integer not null default 0, skip_days  integer not null default 0, moved_to   text    null, moved_seen integer not null default 0, moved_at   integer null, repairs    text    null, domain     text    not null default '', auth text null);
INSERT INTO feeds VALUES('38D160DD-62E8-56B0-872B-655E6FEC1E90','http://127.0.0.1:18099/rss','127.0.0.1','Herald','en',NULL,NULL,1,NULL,NULL,1795517553682,0,0,0,1795513811219,1795513811219,0,NULL,NULL,0,1200524,1795513811218,0,0,0,NULL,0,NULL,'','http://127.0.0.1:18099/rss',NULL);
CREATE TABLE incidents (
    id            text    not null primary key, -- UUIDv5 of the key it was opened with
    facts         text    not null,
    sequence      integer not null,             -- of its last event
    opened_at     integer not null,
    changed_at    integer not null,
    pending_since integer null,                 -- first fact that waits for the update window
    pending       text    null                  -- the changes gathered so far
, first_at      integer not null default 0, merged_into   text    null, retracted_at  integer null, retracted_why text    null);
INSERT INTO incidents VALUES('A77AB77B-90D1-5E79-8D52-0196F2B1FC53','{"id":"a77ab77b-90d1-5e79-8d52-0196f2b1fc53","sequence":1,"headline":{"title":"Police take down encrypted phone network EncroChat, 38 arrested","rank":0,"at":"2026-11-24T09:01:00+00:00","article":"2ce17d16-26b7-528e-8a9f-b82c61927753"},"severity":"breaking","severityReason":"reports the takedown itself","severityAt":"2026-11-24T09:01:00+00:00","networks":[{"name":"EncroChat","slug":"encrochat","listed":true,"about":true}],"operations":[],"agencies":["Europol"],"countries":[],"acting":[],"book":{"entries":[{"kind":"arrests","unit":"","scope":"world","what":"","claims":[{"value":38,"first":"2026-11-24T09:01:00+00:00","last":"2026-11-24T09:01:00+00:00","outlets":["Herald"],"isRough":false}],"current":{"value":38,"first":"2026-11-24T09:01:00+00:00","last":"2026-11-24T09:01:00+00:00","outlets":["Herald"],"isRough":false},"waves":[]}],"denials":[],"standing":[{"kind":"arrests","unit":"","scope":"world","what":"","claims":[{"value":38,"first":"2026-11-24T09:01:00+00:00","last":"2026-11-24T09:01:00+00:00","outlets":["Herald"],"isRough":false}],"current":{"value":38,"first":"2026-11-24T09:01:00+00:00","last":"2026-11-24T09:01:00+00:00","outlets":["Herald"],"isRough":false},"waves":[]}],"current":[{"kind":"arrests","value":38,"unit":"","scope":"world","what":""}]},"happenings":[],"sources":[{"name":"Herald","link":"https://herald.example/encrochat","language":"en","time":"2026-11-24T09:01:00+00:00"}],"firstReport":"2026-11-24T09:01:00+00:00","lastReport":"2026-11-24T09:01:00+00:00","reports":1,"told":["arrests///world=38","network=EncroChat"]}',1,1795511409546,1795511409546,NULL,NULL,1795510860000,NULL,NULL,NULL);
INSERT INTO incidents VALUES('70D8F65B-F7D8-5212-8A45-AC6E14513475','{"id":"70d8f65b-f7d8-5212-8a45-ac6e14513475","sequence":1,"headline":{"title":"Police take down encrypted phone network ANOM, 800 arrested","rank":0,"at":"2026-11-24T09:02:00+00:00","article":"330de3ad-1656-545e-b3ae-09c1e2455235"},"severity":"breaking","severityReason":"reports the takedown itself","severityAt":"2026-11-24T09:02:00+00:00","networks":[{"name":"ANOM","slug":"anom","listed":true,"about":true}],"operations":[],"agencies":["Europol"],"countries":[],"acting":[],"book":{"entries":[{"kind":"arrests","unit":"","scope":"world","what":"","claims":[{"value":800,"first":"2026-11-24T09:02:00+00:00","last":"2026-11-24T09:02:00+00:00","outlets":["Herald"],"isRough":false}],"current":{"value":800,"first":"2026-11-24T09:02:00+00:00","last":"2026-11-24T09:02:00+00:00","outlets":["Herald"],"isRough":false},"waves":[]}],"denials":[],"standing":[{"kind":"arrests","unit":"","scope":"world","what":"","claims":[{"value":800,"first":"2026-11-24T09:02:00+00:00","last":"2026-11-24T09:02:00+00:00","outlets":["Herald"],"isRough":false}],"current":{"value":800,"first":"2026-11-24T09:02:00+00:00","last":"2026-11-24T09:02:00+00:00","outlets":["Herald"],"isRough":false},"waves":[]}],"current":[{"kind":"arrests","value":800,"unit":"","scope":"world","what":""}]},"happenings":[],"sources":[{"name":"Herald","link":"https://herald.example/anom","language":"en","time":"2026-11-24T09:02:00+00:00"}],"firstReport":"2026-11-24T09:02:00+00:00","lastReport":"2026-11-24T09:02:00+00:00","reports":1,"told":["arrests///world=800","network=ANOM"]}',1,1795512609924,1795512609924,NULL,NULL,1795510920000,NULL,NULL,NULL);
INSERT INTO incidents VALUES('9ADC3CB4-9B9E-5A72-8173-5B27C2554961','{"id":"9adc3cb4-9b9e-5a72-8173-5b27c2554961","sequence":1,"headline":{"title":"Police take down encrypted phone network Sky ECC, 48 arrested","rank":0,"at":"2026-11-24T09:03:00+00:00","article":"73a60418-cc29-58d4-818a-1708c13fc435"},"severity":"breaking","severityReason":"reports the takedown itself","severityAt":"2026-11-24T09:03:00+00:00","networks":[{"name":"Sky ECC","slug":"sky-ecc","listed":true,"about":true}],"operations":[],"agencies":["Europol"],"countries":[],"acting":[],"book":{"entries":[{"kind":"arrests","unit":"","scope":"world","what":"","claims":[{"value":48,"first":"2026-11-24T09:03:00+00:00","last":"2026-11-24T09:03:00+00:00","outlets":["Herald"],"isRough":false}],"current":{"value":48,"first":"2026-11-24T09:03:00+00:00","last":"2026-11-24T09:03:00+00:00","outlets":["Herald"],"isRough":false},"waves":[]}],"denials":[],"standing":[{"kind":"arrests","unit":"","scope":"world","what":"","claims":[{"value":48,"first":"2026-11-24T09:03:00+00:00","last":"2026-11-24T09:03:00+00:00","outlets":["Herald"],"isRough":false}],"current":{"value":48,"first":"2026-11-24T09:03:00+00:00","last":"2026-11-24T09:03:00+00:00","outlets":["Herald"],"isRough":false},"waves":[]}],"current":[{"kind":"arrests","value":48,"unit":"","scope":"world","what":""}]},"happenings":[],"sources":[{"name":"Herald","link":"https://herald.example/sky","language":"en","time":"2026-11-24T09:03:00+00:00"}],"firstReport":"2026-11-24T09:03:00+00:00","lastReport":"2026-11-24T09:03:00+00:00","reports":1,"told":["arrests///world=48","network=Sky ECC"]}',1,1795513810552,1795513810552,NULL,NULL,1795510980000,NULL,NULL,NULL);
CREATE TABLE incident_keys (
    key         text not null primary key,      -- network:sky-ecc, operation:trojan-shield
    incident_id text not null references incidents (id)
, at integer not null default 0) without rowid;
INSERT INTO incident_keys VALUES('network:anom','70D8F65B-F7D8-5212-8A45-AC6E14513475',1795510920000);
INSERT INTO incident_keys VALUES('network:encrochat','A77AB77B-90D1-5E79-8D52-0196F2B1FC53',1795510860000);
INSERT INTO incident_keys VALUES('network:sky-ecc','9ADC3CB4-9B9E-5A72-8173-5B27C2554961',1795510980000);
CREATE TABLE incident_articles (
    incident_id text    not null references incidents (id),
    article_id  text    not null,
    linked_at   integer not null,
    report      text    not null, reported_at integer not null default 0, named       integer not null default 1, marks       text    not null default '',               -- the article as reported, JSON
    primary key (incident_id, article_id)
) without rowid;
INSERT INTO incident_articles VALUES('70D8F65B-F7D8-5212-8A45-AC6E14513475','330DE3AD-1656-545E-B3AE-09C1E2455235',1795512609924,'{"article":{"id":"330de3ad-1656-545e-b3ae-09c1e2455235","title":"Police take down encrypted phone network ANOM, 800 arrested","summary":"Police across Europe have dismantled ANOM, an encrypted phone network used by organised crime, Europol said. 800 people were arrested worldwide.","link":"https://herald.example/anom","source":"Herald","language":"en","publishedAt":"2026-11-24T09:02:00+00:00","label":"takedown","score":0.999,"evidence":[{"text":"Police across Europe have dismantled ANOM, an encrypted phone network used by organised crime, Europol said.","concepts":["agency","crime","network","police","takedown","thing"]},{"text":"Police take down encrypted phone network ANOM, 800 arrested","concepts":["arrest","network","police","takedown","thing"]}]},"networks":[{"name":"ANOM","slug":"anom","listed":true,"about":true}],"operations":[],"agencies":["Europol"],"countries":[],"figures":[{"kind":"arrests","value":800,"unit":"","scope":"world","what":""}],"denied":[],"rough":[],"acting":[],"deeds":[],"names":[],"years":[],"official":false}',1795510920000,1,'a:europol	f:arrests/800	takedown	whole	N:network:anom	L:en');
INSERT INTO incident_articles VALUES('9ADC3CB4-9B9E-5A72-8173-5B27C2554961','73A60418-CC29-58D4-818A-1708C13FC435',1795513810552,'{"article":{"id":"73a60418-cc29-58d4-818a-1708c13fc435","title":"Police take down encrypted phone network Sky ECC, 48 arrested","summary":"Police across Europe have dismantled Sky ECC, an encrypted phone network used by organised crime, Europol said. 48 people were arrested worldwide.","link":"https://herald.example/sky","source":"Herald","language":"en","publishedAt":"2026-11-24T09:03:00+00:00","label":"takedown","score":0.999,"evidence":[{"text":"Police across Europe have dismantled Sky ECC, an encrypted phone network used by organised crime, Europol said.","concepts":["agency","crime","network","police","takedown","thing"]},{"text":"Police take down encrypted phone network Sky ECC, 48 arrested","concepts":["arrest","network","police","takedown","thing"]}]},"networks":[{"name":"Sky ECC","slug":"sky-ecc","listed":true,"about":true}],"operations":[],"agencies":["Europol"],"countries":[],"figures":[{"kind":"arrests","value":48,"unit":"","scope":"world","what":""}],"denied":[],"rough":[],"acting":[],"deeds":[],"names":[],"years":[],"official":false}',1795510980000,1,'a:europol	f:arrests/48	takedown	whole	N:network:sky-ecc	L:en');
INSERT INTO incident_articles VALUES('A77AB77B-90D1-5E79-8D52-0196F2B1FC53','2CE17D16-26B7-528E-8A9F-B82C61927753',1795511409546,'{"article":{"id":"2ce17d16-26b7-528e-8a9f-b82c61927753","title":"Police take down encrypted phone network EncroChat, 38 arrested","summary":"Police across Europe have dismantled EncroChat, an encrypted phone network used by organised crime, Europol said. 38 people were arrested worldwide.","link":"https://herald.example/encrochat","source":"Herald","language":"en","publishedAt":"2026-11-24T09:01:00+00:00","label":"takedown","score":0.999,"evidence":[{"text":"Police across Europe have dismantled EncroChat, an encrypted phone network used by organised crime, Europol said.","concepts":["agency","crime","network","police","takedown","thing"]},{"text":"Police take down encrypted phone network EncroChat, 38 arrested","concepts":["arrest","network","police","takedown","thing"]}]},"networks":[{"name":"EncroChat","slug":"encrochat","listed":true,"about":true}],"operations":[],"agencies":["Europol"],"countries":[],"figures":[{"kind":"arrests","value":38,"unit":"","scope":"world","what":""}],"denied":[],"rough":[],"acting":[],"deeds":[],"names":[],"years":[],"official":false}',1795510860000,1,'a:europol	f:arrests/38	takedown	whole	N:network:encrochat	L:en');
CREATE TABLE outbox (
    position   integer not null primary key autoincrement,
    event_id   text    not null unique,
    subject    text    not null,                -- what keeps its order: the incident, else the event itself
    body       text    not null,
    sequence   integer not null,
    created_at integer not null,
    sent_at    integer null,
    attempts   integer not null default 0,
    next_at    integer not null default 0,
    failure    text    null
, refusals    integer not null default 0, dead_at     integer null, dropped_at  integer null, dropped_why text    null);
INSERT INTO outbox VALUES(1,'B84B64A7-D722-5CEC-A1C4-E1117AA430D9','A77AB77B-90D1-5E79-8D52-0196F2B1FC53','{"type":"incident.detected","id":"b84b64a7-d722-5cec-a1c4-e1117aa430d9","time":"2026-11-24T09:10:09.5464921+00:00","incidentId":"a77ab77b-90d1-5e79-8d52-0196f2b1fc53","sequence":1,"title":"Police take down encrypted phone network EncroChat, 38 arrested","severity":"breaking","severityReason":"reports the takedown itself","knownSince":"2020-07-02","networks":[{"name":"EncroChat","slug":"encrochat","listed":true,"about":true}],"operations":[],"agencies":["Europol"],"countries":[],"figures":[{"kind":"arrests","value":38,"unit":"","scope":"world","what":""}],"article":{"id":"2ce17d16-26b7-528e-8a9f-b82c61927753","title":"Police take down encrypted phone network EncroChat, 38 arrested","summary":"Police across Europe have dismantled EncroChat, an encrypted phone network used by organised crime, Europol said. 38 people were arrested worldwide.","link":"https://herald.example/encrochat","source":"Herald","language":"en","publishedAt":"2026-11-24T09:01:00+00:00","label":"takedown","score":0.999,"evidence":[{"text":"Police across Europe have dismantled EncroChat, an encrypted phone network used by organised crime, Europol said.","concepts":["agency","crime","network","police","takedown","thing"]},{"text":"Police take down encrypted phone network EncroChat, 38 arrested","concepts":["arrest","network","police","takedown","thing"]}]},"sources":[{"name":"Herald","link":"https://herald.example/encrochat","language":"en","time":"2026-11-24T09:01:00+00:00"}]}',1,1795511409951,1795511410463,0,0,NULL,0,NULL,NULL,NULL);
INSERT INTO outbox VALUES(2,'8CDDCBB2-5B47-542F-B099-43158721760F','A77AB77B-90D1-5E79-8D52-0196F2B1FC53','{"type":"article.matched","id":"8cddcbb2-5b47-542f-b099-43158721760f","time":"2026-11-24T09:10:09.5464921+00:00","incidentId":"a77ab77b-90d1-5e79-8d52-0196f2b1fc53","severity":"breaking","article":{"id":"2ce17d16-26b7-528e-8a9f-b82c61927753","title":"Police take down encrypted phone network EncroChat, 38 arrested","summary":"Police across Europe have dismantled EncroChat, an encrypted phone network used by organised crime, Europol said. 38 people were arrested worldwide.","link":"https://herald.example/encrochat","source":"Herald","language":"en","publishedAt":"2026-11-24T09:01:00+00:00","label":"takedown","score":0.999,"evidence":[{"text":"Police across Europe have dismantled EncroChat, an encrypted phone network used by organised crime, Europol said.","concepts":["agency","crime","network","police","takedown","thing"]},{"text":"Police take down encrypted phone network EncroChat, 38 arrested","concepts":["arrest","network","police","takedown","thing"]}]},"networks":[{"name":"EncroChat","slug":"encrochat","listed":true,"about":true}],"operations":[],"agencies":["Europol"],"countries":[],"figures":[{"kind":"arrests","value":38,"unit":"","scope":"world","what":""}]}',0,1795511409951,1795511410463,0,0,NULL,0,NULL,NULL,NULL);
INSERT INTO outbox VALUES(3,'615B6EE5-ED03-5461-96FD-5A1B77E94751','70D8F65B-F7D8-5212-8A45-AC6E14513475','{"type":"incident.detected","id":"615b6ee5-ed03-5461-96fd-5a1b77e94751","time":"2026-11-24T09:30:09.9243233+00:00","incidentId":"70d8f65b-f7d8-5212-8a45-ac6e14513475","sequence":1,"title":"Police take down encrypted phone network ANOM, 800 arrested","severity":"breaking","severityReason":"reports the takedown itself","knownSince":"2021-06-08","networks":[{"name":"ANOM","slug":"anom","listed":true,"about":true}],"operations":[],"agencies":["Europol"],"countries":[],"figures":[{"kind":"arrests","value":800,"unit":"","scope":"world","what":""}],"article":{"id":"330de3ad-1656-545e-b3ae-09c1e2455235","title":"Police take down encrypted phone network ANOM, 800 arrested","summary":"Police across Europe have dismantled ANOM, an encrypted phone network used by organised crime, Europol said. 800 people were arrested worldwide.","link":"https://herald.example/anom","source":"Herald","language":"en","publishedAt":"2026-11-24T09:02:00+00:00","label":"takedown","score":0.999,"evidence":[{"text":"Police across Europe have dismantled ANOM, an encrypted phone network used by organised crime, Europol said.","concepts":["agency","crime","network","police","takedown","thing"]},{"text":"Police take down encrypted phone network ANOM, 800 arrested","concepts":["arrest","network","police","takedown","thing"]}]},"sources":[{"name":"Herald","link":"https://herald.example/anom","language":"en","time":"2026-11-24T09:02:00+00:00"}]}',1,1795512610382,1795512610895,0,0,NULL,0,NULL,NULL,NULL);
INSERT INTO outbox VALUES(4,'14466252-6533-519C-B6A9-66B4C93B1D50','70D8F65B-F7D8-5212-8A45-AC6E14513475','{"type":"article.matched","id":"14466252-6533-519c-b6a9-66b4c93b1d50","time":"2026-11-24T09:30:09.9243233+00:00","incidentId":"70d8f65b-f7d8-5212-8a45-ac6e14513475","severity":"breaking","article":{"id":"330de3ad-1656-545e-b3ae-09c1e2455235","title":"Police take down encrypted phone network ANOM, 800 arrested","summary":"Police across Europe have dismantled ANOM, an encrypted phone network used by organised crime, Europol said. 800 people were arrested worldwide.","link":"https://herald.example/anom","source":"Herald","language":"en","publishedAt":"2026-11-24T09:02:00+00:00","label":"takedown","score":0.999,"evidence":[{"text":"Police across Europe have dismantled ANOM, an encrypted phone network used by organised crime, Europol said.","concepts":["agency","crime","network","police","takedown","thing"]},{"text":"Police take down encrypted phone network ANOM, 800 arrested","concepts":["arrest","network","police","takedown","thing"]}]},"networks":[{"name":"ANOM","slug":"anom","listed":true,"about":true}],"operations":[],"agencies":["Europol"],"countries":[],"figures":[{"kind":"arrests","value":800,"unit":"","scope":"world","what":""}]}',0,1795512610382,1795512610895,0,0,NULL,0,NULL,NULL,NULL);
INSERT INTO outbox VALUES(5,'1837A688-005E-5212-945F-DCF0BEE50977','9ADC3CB4-9B9E-5A72-8173-5B27C2554961','{"type":"incident.detected","id":"1837a688-005e-5212-945f-dcf0bee50977","time":"2026-11-24T09:50:10.5520218+00:00","incidentId":"9adc3cb4-9b9e-5a72-8173-5b27c2554961","sequence":1,"title":"Police take down encrypted phone network Sky ECC, 48 arrested","severity":"breaking","severityReason":"reports the takedown itself","knownSince":"2021-03-09","networks":[{"name":"Sky ECC","slug":"sky-ecc","listed":true,"about":true}],"operations":[],"agencies":["Europol"],"countries":[],"figures":[{"kind":"arrests","value":48,"unit":"","scope":"world","what":""}],"article":{"id":"73a60418-cc29-58d4-818a-1708c13fc435","title":"Police take down encrypted phone network Sky ECC, 48 arrested","summary":"Police across Europe have dismantled Sky ECC, an encrypted phone network used by organised crime, Europol said. 48 people were arrested worldwide.","link":"https://herald.example/sky","source":"Herald","language":"en","publishedAt":"2026-11-24T09:03:00+00:00","label":"takedown","score":0.999,"evidence":[{"text":"Police across Europe have dismantled Sky ECC, an encrypted phone network used by organised crime, Europol said.","concepts":["agency","crime","network","police","takedown","thing"]},{"text":"Police take down encrypted phone network Sky ECC, 48 arrested","concepts":["arrest","network","police","takedown","thing"]}]},"sources":[{"name":"Herald","link":"https://herald.example/sky","language":"en","time":"2026-11-24T09:03:00+00:00"}]}',1,1795513811118,NULL,5,1795513842632,'RabbitMQ at 127.0.0.1:1 cannot be used (One or more errors occurred. (Connection failed, host 127.0.0.1:1)); check that it runs, and Bus:Host, :Port, :Username, :Password',0,NULL,NULL,NULL);
INSERT INTO outbox VALUES(6,'1BE0BFC4-40BF-5DEE-B678-30F6EEF34CA0','9ADC3CB4-9B9E-5A72-8173-5B27C2554961','{"type":"article.matched","id":"1be0bfc4-40bf-5dee-b678-30f6eef34ca0","time":"2026-11-24T09:50:10.5520218+00:00","incidentId":"9adc3cb4-9b9e-5a72-8173-5b27c2554961","severity":"breaking","article":{"id":"73a60418-cc29-58d4-818a-1708c13fc435","title":"Police take down encrypted phone network Sky ECC, 48 arrested","summary":"Police across Europe have dismantled Sky ECC, an encrypted phone network used by organised crime, Europol said. 48 people were arrested worldwide.","link":"https://herald.example/sky","source":"Herald","language":"en","publishedAt":"2026-11-24T09:03:00+00:00","label":"takedown","score":0.999,"evidence":[{"text":"Police across Europe have dismantled Sky ECC, an encrypted phone network used by organised crime, Europol said.","concepts":["agency","crime","network","police","takedown","thing"]},{"text":"Police take down encrypted phone network Sky ECC, 48 arrested","concepts":["arrest","network","police","takedown","thing"]}]},"networks":[{"name":"Sky ECC","slug":"sky-ecc","listed":true,"about":true}],"operations":[],"agencies":["Europol"],"countries":[],"figures":[{"kind":"arrests","value":48,"unit":"","scope":"world","what":""}]}',0,1795513811118,NULL,0,0,NULL,0,NULL,NULL,NULL);
CREATE TABLE seen (
    id  blob    not null primary key, -- UUIDv5 of the canonical address, else of feed and content
    day integer not null              -- days since 1970: first seen, or came to stand in another feed, or left one
) without rowid;
INSERT INTO seen VALUES(X'2ce17d1626b7528e8a9fb82c61927753',20781);
INSERT INTO seen VALUES(X'330de3ad1656545eb3ae09c1e2455235',20781);
INSERT INTO seen VALUES(X'73a60418cc2958d4818a1708c13fc435',20781);
INSERT INTO seen VALUES(X'a5064037d3b15c1aba70522f1df2c9e6',20781);
CREATE TABLE standing (
    feed_id text not null primary key,
    ids     blob not null             -- 16 bytes for each article that stood in the feed when it was last read; never too few
, marks blob null);
INSERT INTO standing VALUES('38D160DD-62E8-56B0-872B-655E6FEC1E90',X'2ce17d1626b7528e8a9fb82c61927753330de3ad1656545eb3ae09c1e245523573a60418cc2958d4818a1708c13fc435a5064037d3b15c1aba70522f1df2c9e6',X'02ecdc2c78c72ef72379d60afac72b7f9976d7c24c66e1261dbe26b92faa5af3e171f871adbeb416e7efb9927b79eff32cb44ee901135aa11cbb8af3bfbd31ee');
CREATE TABLE told (
    name      blob    not null primary key, -- article id (16 bytes), or print of outlet and headline (8)
    article   blob    not null,             -- the id under which it was told
    day       integer not null,             -- days since 1970: last used
    published integer null,                 -- Unix seconds; beside a print
    searched  integer not null default 0    -- 1: found by a news search
) without rowid;
INSERT INTO told VALUES(X'2ce17d1626b7528e8a9fb82c61927753',X'2ce17d1626b7528e8a9fb82c61927753',20781,NULL,0);
INSERT INTO told VALUES(X'330de3ad1656545eb3ae09c1e2455235',X'330de3ad1656545eb3ae09c1e2455235',20781,NULL,0);
INSERT INTO told VALUES(X'47ed69e508a219e7',X'330de3ad1656545eb3ae09c1e2455235',20781,1795510920,0);
INSERT INTO told VALUES(X'4f175a925c475637',X'73a60418cc2958d4818a1708c13fc435',20781,1795510980,0);
INSERT INTO told VALUES(X'73a60418cc2958d4818a1708c13fc435',X'73a60418cc2958d4818a1708c13fc435',20781,NULL,0);
INSERT INTO told VALUES(X'b6cd31562d89bdaf',X'2ce17d1626b7528e8a9fb82c61927753',20781,1795510860,0);
CREATE TABLE retracted_texts (
    fingerprint blob    not null primary key,   -- of title and summary; such a text alerts nobody again
    incident_id text    not null,
    at          integer not null
) without rowid;
CREATE TABLE learnt_names (
    name   text    not null,
    outlet text    not null,                    -- who used it; a name that one outlet alone uses is not read with
    at     integer not null,
    primary key (name, outlet)
) without rowid;
INSERT INTO learnt_names VALUES('ANOM','Herald',1795512609924);
INSERT INTO learnt_names VALUES('EncroChat','Herald',1795511409546);
INSERT INTO learnt_names VALUES('Sky ECC','Herald',1795513810552);
CREATE TABLE incident_marks (
    mark        text    not null,
    incident_id text    not null,
    reports     integer not null,               -- how many of them
    primary key (mark, incident_id)
) without rowid;
INSERT INTO incident_marks VALUES('a:europol','70D8F65B-F7D8-5212-8A45-AC6E14513475',1);
INSERT INTO incident_marks VALUES('a:europol','9ADC3CB4-9B9E-5A72-8173-5B27C2554961',1);
INSERT INTO incident_marks VALUES('a:europol','A77AB77B-90D1-5E79-8D52-0196F2B1FC53',1);
INSERT INTO incident_marks VALUES('f:arrests/38','A77AB77B-90D1-5E79-8D52-0196F2B1FC53',1);
INSERT INTO incident_marks VALUES('f:arrests/48','9ADC3CB4-9B9E-5A72-8173-5B27C2554961',1);
INSERT INTO incident_marks VALUES('f:arrests/800','70D8F65B-F7D8-5212-8A45-AC6E14513475',1);
INSERT INTO incident_marks VALUES('q:227','70D8F65B-F7D8-5212-8A45-AC6E14513475',1);
INSERT INTO incident_marks VALUES('q:227','9ADC3CB4-9B9E-5A72-8173-5B27C2554961',1);
INSERT INTO incident_marks VALUES('q:227','A77AB77B-90D1-5E79-8D52-0196F2B1FC53',1);
INSERT INTO incident_marks VALUES('y:2026','70D8F65B-F7D8-5212-8A45-AC6E14513475',1);
INSERT INTO incident_marks VALUES('y:2026','9ADC3CB4-9B9E-5A72-8173-5B27C2554961',1);
INSERT INTO incident_marks VALUES('y:2026','A77AB77B-90D1-5E79-8D52-0196F2B1FC53',1);
CREATE TABLE digests (
    name       text    not null primary key,
    told_until integer not null                 -- the end of the last period that was told
) without rowid;
CREATE TABLE tally (
    quarter  integer not null primary key,      -- quarters of an hour since 1970
    articles integer not null,                  -- new ones that were examined
    matched  integer not null                   -- and would be told
);
CREATE TABLE requests (
    id       text    not null primary key,      -- of what a bot asked, so that it is carried out once
    asked_at integer not null
) without rowid;
CREATE TABLE feed_trouble (
    feed_id  text    not null,
    kind     text    not null,           -- failing, gone (410) or silent
    since    integer not null,           -- the first of the failures in a row; silent: the last new article
    tries    integer not null default 1, -- polls in a row at which it was not read, also for reasons that are not the feed's
    event_id text    null,               -- what told of it; null where nothing did yet
    primary key (feed_id, kind)
) without rowid;
CREATE TABLE coverage_lost (
    kind     text    not null,           -- country, language or all
    value    text    not null,           -- empty for all
    told_at  integer not null,
    event_id text    not null,           -- what told of it
    primary key (kind, value)
) without rowid;
CREATE TABLE backgrounders (
    article_id  text    not null primary key,
    key         text    not null,  -- as in incident_keys
    linked_at   integer not null,  -- when it came
    reported_at integer not null,  -- when it was published, else when it came
    title       text    not null,
    source      text    not null,
    language    text    null,
    link        text    null
) without rowid;
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('SchemaVersions',17);
INSERT INTO sqlite_sequence VALUES('outbox',6);
CREATE INDEX feeds_due on feeds (next_poll_at) where enabled = 1 and gone = 0;
CREATE INDEX feeds_leased on feeds (host, leased_until);
CREATE INDEX incidents_pending on incidents (pending_since) where pending_since is not null;
CREATE INDEX outbox_waiting on outbox (position) where sent_at is null and dead_at is null;
CREATE INDEX outbox_order on outbox (subject, position) where sent_at is null and dead_at is null;
CREATE INDEX outbox_dead on outbox (position) where dead_at is not null;
CREATE INDEX incident_articles_article on incident_articles (article_id);
CREATE INDEX incident_keys_incident on incident_keys (incident_id);
CREATE INDEX incident_marks_incident on incident_marks (incident_id);
CREATE INDEX incident_articles_linked on incident_articles (linked_at);
CREATE INDEX incident_keys_at on incident_keys (at);
CREATE INDEX incident_articles_nameless on incident_articles (reported_at) where named = 0;
CREATE INDEX incidents_first on incidents (first_at) where merged_into is null;
CREATE INDEX backgrounders_key on backgrounders (key);
CREATE INDEX backgrounders_linked on backgrounders (linked_at);
CREATE INDEX incident_articles_near on incident_articles (reported_at, article_id, marks);
CREATE INDEX incidents_merged on incidents (merged_into) where merged_into is not null;
COMMIT;
