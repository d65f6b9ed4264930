using Kindred.Contracts.Refusals;

namespace Kindred.Storage.Objects;

/// <summary>An <c>s3://bucket/key</c> location: an object, or a folder when it ends with a slash.</summary>
internal readonly record struct DataLocation(ObjectName Name, bool IsFolder)
{
    private const string Scheme = "s3://";
    private const string Preface = "Invalid Data location. ";

    /// <exception cref="RefusedException">Not such a location, or its bucket or key breaks a rule.</exception>
    public static DataLocation Parse(string location)
    {
        var rest = location.StartsWith(Scheme, StringComparison.Ordinal) ? location[Scheme.Length..] : null;
        var slash = rest?.IndexOf('/') ?? -1;
        if (rest is null || slash < 0)
            throw new RefusedException(RefusalCode.InvalidInput, $"{Preface}'{ObjectName.Shown(location)}' is not of the form s3://bucket/key.");

        var (bucket, key) = (rest[..slash], rest[(slash + 1)..]);
        return key is "" || key.EndsWith('/')
            ? new DataLocation(ObjectName.Folder(bucket, key, Preface), IsFolder: true)
            : new DataLocation(ObjectName.Object(bucket, key, Preface), IsFolder: false);
    }
}
