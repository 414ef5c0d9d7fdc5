PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE [SchemaVersions] (
    SchemaVersionID INTEGER CONSTRAINT [PK_SchemaVersions_Id] PRIMARY KEY AUTOINCREMENT NOT NULL,
    ScriptName TEXT NOT NULL,
    Applied DATETIME NOT NULL
);
INSERT INTO SchemaVersions VALUES(1,'0001-feeds.sql','2026-11-24 09:10:01.9711863');
INSERT INTO SchemaVersions VALUES(2,'0002-articles.sql','2026-11-24 09:10:02.0034682');
INSERT INTO SchemaVersions VALUES(3,'0003-incidents.sql','2026-11-24 09:10:02.0094162');
INSERT INTO SchemaVersions VALUES(4,'0004-outbox.sql','2026-11-24 09:10:02.0136289');
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
);
INSERT INTO feeds VALUES('38D160DD-62E8-56B0-872B-655E6FEC1E90','http://127.0.0.1:18099/rss','127.0.0.1','Herald','en',NULL,NULL,1,NULL,NULL,1795514806479,0,0,0,1795513824765,1795513824765,0,NULL);
CREATE TABLE articles (
    id           text    not null primary key, -- UUIDv5 of the canonical address, else of feed and content
    feed_id      text    not null,
    seen_at      integer not null
) without rowid;
INSERT INTO articles VALUES('2CE17D16-26B7-528E-8A9F-B82C61927753','38D160DD-62E8-56B0-872B-655E6FEC1E90',1795511408352);
INSERT INTO articles VALUES('330DE3AD-1656-545E-B3AE-09C1E2455235','38D160DD-62E8-56B0-872B-655E6FEC1E90',1795512629968);
INSERT INTO articles VALUES('73A60418-CC29-58D4-818A-1708C13FC435','38D160DD-62E8-56B0-872B-655E6FEC1E90',1795513823057);
INSERT INTO articles VALUES('A5064037-D3B1-5C1A-BA70-522F1DF2C9E6','38D160DD-62E8-56B0-872B-655E6FEC1E90',1795511408347);
CREATE TABLE incidents (
    id            text    not null primary key, -- UUIDv5 of the key it was opened with
    facts         text    not null,
    sequence      integer not null,             -- of its last event
    opened_at     integer not null,
    changed_at    integer not null,
    pending_since integer null,                 -- first fact that waits for the update window
    pending       text    null                  -- the changes gathered so far
);
INSERT INTO incidents VALUES('A77AB77B-90D1-5E79-8D52-0196F2B1FC53','{"id":"a77ab77b-90d1-5e79-8d52-0196f2b1fc53","sequence":1,"title":"Police take down encrypted phone network EncroChat, 38 arrested","severity":"breaking","severityReason":"reports the takedown itself","networks":[{"name":"EncroChat","slug":"encrochat","listed":true,"about":true}],"operations":[],"agencies":["Europol"],"countries":[],"figures":[{"kind":"arrests","value":38,"unit":"","scope":"world","what":""}],"sources":[{"name":"Herald","link":"https://herald.example/encrochat","language":"en","time":"2026-11-24T09:01:00+00:00"}]}',1,1795511408429,1795511408429,NULL,NULL);
INSERT INTO incidents VALUES('70D8F65B-F7D8-5212-8A45-AC6E14513475','{"id":"70d8f65b-f7d8-5212-8a45-ac6e14513475","sequence":1,"title":"Police take down encrypted phone network ANOM, 800 arrested","severity":"breaking","severityReason":"reports the takedown itself","networks":[{"name":"ANOM","slug":"anom","listed":true,"about":true}],"operations":[],"agencies":["Europol"],"countries":[],"figures":[{"kind":"arrests","value":800,"unit":"","scope":"world","what":""}],"sources":[{"name":"Herald","link":"https://herald.example/anom","language":"en","time":"2026-11-24T09:02:00+00:00"}]}',1,1795512630451,1795512630451,NULL,NULL);
INSERT INTO incidents VALUES('9ADC3CB4-9B9E-5A72-8173-5B27C2554961','{"id":"9adc3cb4-9b9e-5a72-8173-5b27c2554961","sequence":1,"title":"Police take down encrypted phone network Sky ECC, 48 arrested","severity":"breaking","severityReason":"reports the takedown itself","networks":[{"name":"Sky ECC","slug":"sky-ecc","listed":true,"about":true}],"operations":[],"agencies":["Europol"],"countries":[],"figures":[{"kind":"arrests","value":48,"unit":"","scope":"world","what":""}],"sources":[{"name":"Herald","link":"https://herald.example/sky","language":"en","time":"2026-11-24T09:03:00+00:00"}]}',1,1795513823372,1795513823372,NULL,NULL);
CREATE TABLE incident_keys (
    key         text not null primary key,      -- network:sky-ecc, operation:trojan-shield
    incident_id text not null references incidents (id)
) without rowid;
INSERT INTO incident_keys VALUES('network:anom','70D8F65B-F7D8-5212-8A45-AC6E14513475');
INSERT INTO incident_keys VALUES('network:encrochat','A77AB77B-90D1-5E79-8D52-0196F2B1FC53');
INSERT INTO incident_keys VALUES('network:sky-ecc','9ADC3CB4-9B9E-5A72-8173-5B27C2554961');
CREATE TABLE incident_articles (
    incident_id text    not null references incidents (id),
    article_id  text    not null,
    linked_at   integer not null,
    report      text    not null,               -- the article as reported, JSON
    primary key (incident_id, article_id)
) without rowid;
INSERT INTO incident_articles VALUES('70D8F65B-F7D8-5212-8A45-AC6E14513475','330DE3AD-1656-545E-B3AE-09C1E2455235',1795512630451,'{"article":{"id":"330de3ad-1656-545e-b3ae-09c1e2455235","title":"Police take down encrypted phone network ANOM, 800 arrested","summary":"Police across Europe have dismantled ANOM, an encrypted phone network used by organised crime, Europol said. 800 people were arrested worldwide.","link":"https://herald.example/anom","source":"Herald","language":"en","publishedAt":"2026-11-24T09:02:00+00:00","label":"takedown","score":1,"evidence":[{"text":"Police across Europe have dismantled ANOM, an encrypted phone network used by organised crime, Europol said.","concepts":["crime","network","takedown","thing"]},{"text":"Police take down encrypted phone network ANOM, 800 arrested","concepts":["arrest","network","takedown","thing"]}]},"networks":[{"name":"ANOM","slug":"anom","listed":true,"about":true}],"operations":[],"agencies":["Europol"],"countries":[],"figures":[{"kind":"arrests","value":800,"unit":"","scope":"world","what":""}]}');
INSERT INTO incident_articles VALUES('9ADC3CB4-9B9E-5A72-8173-5B27C2554961','73A60418-CC29-58D4-818A-1708C13FC435',1795513823372,'{"article":{"id":"73a60418-cc29-58d4-818a-1708c13fc435","title":"Police take down encrypted phone network Sky ECC, 48 arrested","summary":"Police across Europe have dismantled Sky ECC, an encrypted phone network used by organised crime, Europol said. 48 people were arrested worldwide.","link":"https://herald.example/sky","source":"Herald","language":"en","publishedAt":"2026-11-24T09:03:00+00:00","label":"takedown","score":1,"evidence":[{"text":"Police across Europe have dismantled Sky ECC, an encrypted phone network used by organised crime, Europol said.","concepts":["crime","network","takedown","thing"]},{"text":"Police take down encrypted phone network Sky ECC, 48 arrested","concepts":["arrest","network","takedown","thing"]}]},"networks":[{"name":"Sky ECC","slug":"sky-ecc","listed":true,"about":true}],"operations":[],"agencies":["Europol"],"countries":[],"figures":[{"kind":"arrests","value":48,"unit":"","scope":"world","what":""}]}');
INSERT INTO incident_articles VALUES('A77AB77B-90D1-5E79-8D52-0196F2B1FC53','2CE17D16-26B7-528E-8A9F-B82C61927753',1795511408429,'{"article":{"id":"2ce17d16-26b7-528e-8a9f-b82c61927753","title":"Police take down encrypted phone network EncroChat, 38 arrested","summary":"Police across Europe have dismantled EncroChat, an encrypted phone network used by organised crime, Europol said. 38 people were arrested worldwide.","link":"https://herald.example/encrochat","source":"Herald","language":"en","publishedAt":"2026-11-24T09:01:00+00:00","label":"takedown","score":1,"evidence":[{"text":"Police across Europe have dismantled EncroChat, an encrypted phone network used by organised crime, Europol said.","concepts":["crime","network","takedown","thing"]},{"text":"Police take down encrypted phone network EncroChat, 38 arrested","concepts":["arrest","network","takedown","thing"]}]},"networks":[{"name":"EncroChat","slug":"encrochat","listed":true,"about":true}],"operations":[],"agencies":["Europol"],"countries":[],"figures":[{"kind":"arrests","value":38,"unit":"","scope":"world","what":""}]}');
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
);
INSERT INTO outbox VALUES(1,'B84B64A7-D722-5CEC-A1C4-E1117AA430D9','A77AB77B-90D1-5E79-8D52-0196F2B1FC53','{"type":"incident.detected","id":"b84b64a7-d722-5cec-a1c4-e1117aa430d9","time":"2026-11-24T09:10:08.4293716+00:00","incidentId":"a77ab77b-90d1-5e79-8d52-0196f2b1fc53","sequence":1,"title":"Police take down encrypted phone network EncroChat, 38 arrested","severity":"breaking","severityReason":"reports the takedown itself","networks":[{"name":"EncroChat","slug":"encrochat","listed":true,"about":true}],"operations":[],"agencies":["Europol"],"countries":[],"figures":[{"kind":"arrests","value":38,"unit":"","scope":"world","what":""}],"article":{"id":"2ce17d16-26b7-528e-8a9f-b82c61927753","title":"Police take down encrypted phone network EncroChat, 38 arrested","summary":"Police across Europe have dismantled EncroChat, an encrypted phone network used by organised crime, Europol said. 38 people were arrested worldwide.","link":"https://herald.example/encrochat","source":"Herald","language":"en","publishedAt":"2026-11-24T09:01:00+00:00","label":"takedown","score":1,"evidence":[{"text":"Police across Europe have dismantled EncroChat, an encrypted phone network used by organised crime, Europol said.","concepts":["crime","network","takedown","thing"]},{"text":"Police take down encrypted phone network EncroChat, 38 arrested","concepts":["arrest","network","takedown","thing"]}]},"sources":[{"name":"Herald","link":"https://herald.example/encrochat","language":"en","time":"2026-11-24T09:01:00+00:00"}]}',1,1795511409723,1795511412216,0,0,NULL);
INSERT INTO outbox VALUES(2,'8CDDCBB2-5B47-542F-B099-43158721760F','A77AB77B-90D1-5E79-8D52-0196F2B1FC53','{"type":"article.matched","id":"8cddcbb2-5b47-542f-b099-43158721760f","time":"2026-11-24T09:10:08.4293716+00:00","incidentId":"a77ab77b-90d1-5e79-8d52-0196f2b1fc53","severity":"breaking","article":{"id":"2ce17d16-26b7-528e-8a9f-b82c61927753","title":"Police take down encrypted phone network EncroChat, 38 arrested","summary":"Police across Europe have dismantled EncroChat, an encrypted phone network used by organised crime, Europol said. 38 people were arrested worldwide.","link":"https://herald.example/encrochat","source":"Herald","language":"en","publishedAt":"2026-11-24T09:01:00+00:00","label":"takedown","score":1,"evidence":[{"text":"Police across Europe have dismantled EncroChat, an encrypted phone network used by organised crime, Europol said.","concepts":["crime","network","takedown","thing"]},{"text":"Police take down encrypted phone network EncroChat, 38 arrested","concepts":["arrest","network","takedown","thing"]}]},"networks":[{"name":"EncroChat","slug":"encrochat","listed":true,"about":true}],"operations":[],"agencies":["Europol"],"countries":[],"figures":[{"kind":"arrests","value":38,"unit":"","scope":"world","what":""}]}',0,1795511409746,1795511412216,0,0,NULL);
INSERT INTO outbox VALUES(3,'615B6EE5-ED03-5461-96FD-5A1B77E94751','70D8F65B-F7D8-5212-8A45-AC6E14513475','{"type":"incident.detected","id":"615b6ee5-ed03-5461-96fd-5a1b77e94751","time":"2026-11-24T09:30:30.4512267+00:00","incidentId":"70d8f65b-f7d8-5212-8a45-ac6e14513475","sequence":1,"title":"Police take down encrypted phone network ANOM, 800 arrested","severity":"breaking","severityReason":"reports the takedown itself","networks":[{"name":"ANOM","slug":"anom","listed":true,"about":true}],"operations":[],"agencies":["Europol"],"countries":[],"figures":[{"kind":"arrests","value":800,"unit":"","scope":"world","what":""}],"article":{"id":"330de3ad-1656-545e-b3ae-09c1e2455235","title":"Police take down encrypted phone network ANOM, 800 arrested","summary":"Police across Europe have dismantled ANOM, an encrypted phone network used by organised crime, Europol said. 800 people were arrested worldwide.","link":"https://herald.example/anom","source":"Herald","language":"en","publishedAt":"2026-11-24T09:02:00+00:00","label":"takedown","score":1,"evidence":[{"text":"Police across Europe have dismantled ANOM, an encrypted phone network used by organised crime, Europol said.","concepts":["crime","network","takedown","thing"]},{"text":"Police take down encrypted phone network ANOM, 800 arrested","concepts":["arrest","network","takedown","thing"]}]},"sources":[{"name":"Herald","link":"https://herald.example/anom","language":"en","time":"2026-11-24T09:02:00+00:00"}]}',1,1795512631439,1795512634095,0,0,NULL);
INSERT INTO outbox VALUES(4,'14466252-6533-519C-B6A9-66B4C93B1D50','70D8F65B-F7D8-5212-8A45-AC6E14513475','{"type":"article.matched","id":"14466252-6533-519c-b6a9-66b4c93b1d50","time":"2026-11-24T09:30:30.4512267+00:00","incidentId":"70d8f65b-f7d8-5212-8a45-ac6e14513475","severity":"breaking","article":{"id":"330de3ad-1656-545e-b3ae-09c1e2455235","title":"Police take down encrypted phone network ANOM, 800 arrested","summary":"Police across Europe have dismantled ANOM, an encrypted phone network used by organised crime, Europol said. 800 people were arrested worldwide.","link":"https://herald.example/anom","source":"Herald","language":"en","publishedAt":"2026-11-24T09:02:00+00:00","label":"takedown","score":1,"evidence":[{"text":"Police across Europe have dismantled ANOM, an encrypted phone network used by organised crime, Europol said.","concepts":["crime","network","takedown","thing"]},{"text":"Police take down encrypted phone network ANOM, 800 arrested","concepts":["arrest","network","takedown","thing"]}]},"networks":[{"name":"ANOM","slug":"anom","listed":true,"about":true}],"operations":[],"agencies":["Europol"],"countries":[],"figures":[{"kind":"arrests","value":800,"unit":"","scope":"world","what":""}]}',0,1795512631475,1795512634095,0,0,NULL);
INSERT INTO outbox VALUES(5,'1837A688-005E-5212-945F-DCF0BEE50977','9ADC3CB4-9B9E-5A72-8173-5B27C2554961','{"type":"incident.detected","id":"1837a688-005e-5212-945f-dcf0bee50977","time":"2026-11-24T09:50:23.3721298+00:00","incidentId":"9adc3cb4-9b9e-5a72-8173-5b27c2554961","sequence":1,"title":"Police take down encrypted phone network Sky ECC, 48 arrested","severity":"breaking","severityReason":"reports the takedown itself","networks":[{"name":"Sky ECC","slug":"sky-ecc","listed":true,"about":true}],"operations":[],"agencies":["Europol"],"countries":[],"figures":[{"kind":"arrests","value":48,"unit":"","scope":"world","what":""}],"article":{"id":"73a60418-cc29-58d4-818a-1708c13fc435","title":"Police take down encrypted phone network Sky ECC, 48 arrested","summary":"Police across Europe have dismantled Sky ECC, an encrypted phone network used by organised crime, Europol said. 48 people were arrested worldwide.","link":"https://herald.example/sky","source":"Herald","language":"en","publishedAt":"2026-11-24T09:03:00+00:00","label":"takedown","score":1,"evidence":[{"text":"Police across Europe have dismantled Sky ECC, an encrypted phone network used by organised crime, Europol said.","concepts":["crime","network","takedown","thing"]},{"text":"Police take down encrypted phone network Sky ECC, 48 arrested","concepts":["arrest","network","takedown","thing"]}]},"sources":[{"name":"Herald","link":"https://herald.example/sky","language":"en","time":"2026-11-24T09:03:00+00:00"}]}',1,1795513824729,NULL,5,1795513856697,'RabbitMQ at 127.0.0.1:1 cannot be used (One or more errors occurred. (Connection failed, host 127.0.0.1:1)); check that it runs, and Bus:Host, :Port, :Username, :Password');
INSERT INTO outbox VALUES(6,'1BE0BFC4-40BF-5DEE-B678-30F6EEF34CA0','9ADC3CB4-9B9E-5A72-8173-5B27C2554961','{"type":"article.matched","id":"1be0bfc4-40bf-5dee-b678-30f6eef34ca0","time":"2026-11-24T09:50:23.3721298+00:00","incidentId":"9adc3cb4-9b9e-5a72-8173-5b27c2554961","severity":"breaking","article":{"id":"73a60418-cc29-58d4-818a-1708c13fc435","title":"Police take down encrypted phone network Sky ECC, 48 arrested","summary":"Police across Europe have dismantled Sky ECC, an encrypted phone network used by organised crime, Europol said. 48 people were arrested worldwide.","link":"https://herald.example/sky","source":"Herald","language":"en","publishedAt":"2026-11-24T09:03:00+00:00","label":"takedown","score":1,"evidence":[{"text":"Police across Europe have dismantled Sky ECC, an encrypted phone network used by organised crime, Europol said.","concepts":["crime","network","takedown","thing"]},{"text":"Police take down encrypted phone network Sky ECC, 48 arrested","concepts":["arrest","network","takedown","thing"]}]},"networks":[{"name":"Sky ECC","slug":"sky-ecc","listed":true,"about":true}],"operations":[],"agencies":["Europol"],"countries":[],"figures":[{"kind":"arrests","value":48,"unit":"","scope":"world","what":""}]}',0,1795513824764,NULL,0,0,NULL);
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('SchemaVersions',4);
INSERT INTO sqlite_sequence VALUES('outbox',6);
CREATE INDEX feeds_due on feeds (next_poll_at) where enabled = 1 and gone = 0;
CREATE INDEX feeds_leased on feeds (host, leased_until);
CREATE INDEX articles_age on articles (seen_at);
CREATE INDEX incidents_pending on incidents (pending_since) where pending_since is not null;
CREATE INDEX outbox_unsent on outbox (position) where sent_at is null;
COMMIT;
