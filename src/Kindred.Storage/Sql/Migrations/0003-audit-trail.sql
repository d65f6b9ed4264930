-- Who changed what. Numbers are never used again (AUTOINCREMENT): a page token that holds one stays true when old entries go.
CREATE TABLE AuditTrail
(
    Number  INTEGER PRIMARY KEY AUTOINCREMENT,
    Account TEXT    NOT NULL,
    At      INTEGER NOT NULL, -- milliseconds since 1970, UTC
    Actor   TEXT    NOT NULL,
    Action  TEXT    NOT NULL,
    Target  TEXT,
    Origin  TEXT,
    Before  TEXT,
    After   TEXT
);
CREATE INDEX IX_AuditTrail_Account ON AuditTrail (Account, Number);
CREATE INDEX IX_AuditTrail_At ON AuditTrail (At);
