namespace Kindred.Storage.Objects;

/// <summary>One object, as a listing found it.</summary>
/// <param name="Location">Its full address: <c>s3://bucket/key</c> or <c>file:///path</c>.</param>
/// <param name="Name">The last segment of the address, such as <c>part-1.csv.gz</c>.</param>
public sealed record StoredObject(string Location, string Name, long SizeBytes);
