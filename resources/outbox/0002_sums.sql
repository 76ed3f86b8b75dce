-- Whose file it is; and for each request a sum over everything that is sent, so that a damaged one is never sent.
ALTER TABLE device ADD COLUMN owner TEXT NOT NULL DEFAULT '';
ALTER TABLE request ADD COLUMN device TEXT NOT NULL DEFAULT '';
ALTER TABLE request ADD COLUMN sum BLOB;
