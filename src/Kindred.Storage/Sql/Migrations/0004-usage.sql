-- What tenants used, a row a day and subject.
CREATE TABLE UsageCount
(
    Account TEXT    NOT NULL,
    Day     INTEGER NOT NULL, -- days since 0001-01-01
    Measure INTEGER NOT NULL,
    Subject TEXT    NOT NULL,
    Count   INTEGER NOT NULL,
    PRIMARY KEY (Account, Day, Measure, Subject)
) WITHOUT ROWID;
CREATE INDEX IX_UsageCount_Day ON UsageCount (Day);
