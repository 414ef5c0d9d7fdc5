-- SQLite's 0020, where it is explained.
create index incidents_merged on incidents (merged_into) where merged_into is not null;
