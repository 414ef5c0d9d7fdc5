-- SQLite's 0015, where the columns are explained.
create table requests (
    id       uuid   not null primary key,
    asked_at bigint not null
);
