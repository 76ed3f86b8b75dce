-- The requests of one installation that wait for the server, and those of the last month that it has. Files of the first
-- version have these tables and no list of migrations.
CREATE TABLE IF NOT EXISTS device (id TEXT PRIMARY KEY, counter INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS request (counter INTEGER PRIMARY KEY, base TEXT NOT NULL, body BLOB NOT NULL, created INTEGER NOT NULL, error INTEGER NOT NULL, arguments TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS acknowledged (counter INTEGER PRIMARY KEY, base TEXT NOT NULL, body BLOB NOT NULL, created INTEGER NOT NULL, timeline TEXT NOT NULL, revision INTEGER NOT NULL, at INTEGER NOT NULL);
