-- Sources: how a feed's server is told who asks; JSON that names the secret's file and the origin it is for, never the secret.
alter table feeds add column auth text null;
