-- Whether a cell has ever held the file: what was only uploaded goes after a week. Of older ones nobody knows.
ALTER TABLE file ADD COLUMN used INTEGER NOT NULL DEFAULT 1;
CREATE INDEX file_unused ON file (created) WHERE used = 0;
