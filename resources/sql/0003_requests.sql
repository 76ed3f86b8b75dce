-- Which commit a request made. This table and the touched one hold the commits up to base.indexed; later ones are found in
-- the log, and written here many at a time: one by one they would be most of what a commit writes.
CREATE TABLE request (device TEXT NOT NULL, counter BIGINT NOT NULL, base TEXT NOT NULL, revision BIGINT NOT NULL, PRIMARY KEY (device, counter, base)) ${CLUSTERED};
INSERT INTO request SELECT device, counter, base, revision FROM commits ORDER BY device, counter, base;
DROP INDEX commits_by_request;
ALTER TABLE base ADD COLUMN indexed BIGINT NOT NULL DEFAULT 0;
UPDATE base SET indexed = revision;
