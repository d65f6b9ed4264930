-- Listing a tenant's keys reads that tenant's rows only: the account is inside the payload (see StateSerializer), the key's id does not name it.
CREATE INDEX IX_OrleansStorage_AccessKeyAccount
  ON OrleansStorage (ServiceId, json_extract(CAST(PayloadBinary AS TEXT), '$.s.account'), GrainIdExtensionString)
  WHERE GrainTypeString = 'access-key/state' AND PayloadBinary IS NOT NULL;
