namespace Kindred.Storage.Objects;

/// <summary>What an upload stored, once it is on disk under its name.</summary>
/// <param name="Location"><c>s3://bucket/key</c>.</param>
/// <param name="Sha256">64 lower-case hexadecimal digits.</param>
public sealed record ObjectReceipt(string Location, long SizeBytes, string Sha256);
