-- What metric attributions came to, by quarters of an hour; and how far in its group's event log each has counted.
CREATE TABLE AttributionProgress
(
    Attribution TEXT    NOT NULL PRIMARY KEY,
    Through     INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE AttributionValue
(
    Attribution TEXT    NOT NULL,
    Quarter     INTEGER NOT NULL, -- seconds since 1970
    Metric      TEXT    NOT NULL,
    Source      TEXT    NOT NULL,
    Value       REAL    NOT NULL,
    PRIMARY KEY (Attribution, Quarter, Metric, Source)
) WITHOUT ROWID;
