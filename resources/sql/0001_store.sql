-- One row each for the store itself.
CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL);

-- Everybody who may sign in. Passwords as argon2id strings.
CREATE TABLE account (id TEXT PRIMARY KEY, username TEXT NOT NULL UNIQUE, name TEXT NOT NULL, email TEXT NOT NULL, password TEXT NOT NULL, active INTEGER NOT NULL, admin INTEGER NOT NULL, created INTEGER NOT NULL);

-- Sessions and personal access tokens: only hashes of the secrets.
CREATE TABLE token (hash TEXT PRIMARY KEY, id TEXT NOT NULL UNIQUE, account TEXT NOT NULL REFERENCES account (id), kind TEXT NOT NULL, name TEXT NOT NULL, scopes INTEGER NOT NULL, created INTEGER NOT NULL, expires INTEGER NOT NULL);

CREATE TABLE base (id TEXT PRIMARY KEY, name TEXT NOT NULL, position INTEGER NOT NULL, revision BIGINT NOT NULL);

-- Definitions of tables, people and instances of a base, as the protocol encodes them.
CREATE TABLE entity (base TEXT NOT NULL REFERENCES base (id), kind TEXT NOT NULL, id TEXT NOT NULL, body ${BYTES} NOT NULL, PRIMARY KEY (base, kind, id));

-- The log: sync, history, undo and audit read it. Chained by hash.
CREATE TABLE commits (base TEXT NOT NULL REFERENCES base (id), revision BIGINT NOT NULL, actor TEXT NOT NULL, time BIGINT NOT NULL, device TEXT NOT NULL, counter BIGINT NOT NULL, request TEXT NOT NULL, changes ${BYTES} NOT NULL, hash TEXT NOT NULL, PRIMARY KEY (base, revision));
CREATE UNIQUE INDEX commits_by_request ON commits (base, device, counter);

-- Which commits touched a record.
CREATE TABLE touched (base TEXT NOT NULL, record TEXT NOT NULL, revision BIGINT NOT NULL, PRIMARY KEY (base, record, revision));

CREATE TABLE file (id TEXT PRIMARY KEY, hash TEXT NOT NULL, name TEXT NOT NULL, size BIGINT NOT NULL, type TEXT NOT NULL, base TEXT NOT NULL, account TEXT NOT NULL, created BIGINT NOT NULL);
