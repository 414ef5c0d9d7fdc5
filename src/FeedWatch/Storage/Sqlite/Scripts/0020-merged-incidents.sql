-- Those that go on in another incident are counted, and led further, without going through all the others.
create index incidents_merged on incidents (merged_into) where merged_into is not null;
