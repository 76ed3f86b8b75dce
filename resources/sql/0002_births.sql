-- Which commit created which records. The rows of a table are numbered in the order of their creation, so one row tells
-- it for all records of a commit; the touched table is for what happens to them later.
CREATE TABLE birth (tab TEXT NOT NULL, first BIGINT NOT NULL, last BIGINT NOT NULL, revision BIGINT NOT NULL, PRIMARY KEY (tab, first)) ${CLUSTERED};

-- The same as before, kept in the order of its key.
ALTER TABLE touched RENAME TO touched_before;
CREATE TABLE touched (base TEXT NOT NULL, record TEXT NOT NULL, revision BIGINT NOT NULL, PRIMARY KEY (base, record, revision)) ${CLUSTERED};
INSERT INTO touched SELECT base, record, revision FROM touched_before ORDER BY base, record, revision;
DROP TABLE touched_before;

-- Failed sign-ins of the last quarter of an hour, so that a restart forgets none.
CREATE TABLE failure (who TEXT NOT NULL, at BIGINT NOT NULL);
CREATE INDEX failure_by_who ON failure (who, at);
