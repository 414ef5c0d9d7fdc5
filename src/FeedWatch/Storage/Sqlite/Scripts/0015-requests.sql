create table requests (
    id       text    not null primary key,      -- of what a bot asked, so that it is carried out once
    asked_at integer not null
) without rowid;
