namespace Kindred.Storage;

/// <summary>An S3-compatible server and who may use which of its buckets.</summary>
public sealed class S3Options
{
    /// <summary>Base address, such as <c>http://127.0.0.1:9000</c>. Buckets are addressed by path.</summary>
    public string ServiceUrl { get; set; } = "";
    public string AccessKeyId { get; set; } = "";
    public string SecretAccessKey { get; set; } = "";

    /// <summary>The region that requests are signed for. Default <c>us-east-1</c>.</summary>
    public string Region { get; set; } = "us-east-1";

    /// <summary>
    /// The account that may use every bucket not named in <see cref="BucketOwners"/>: the deployment's first tenant.
    /// The server has one credential for all tenants, so without an owner nobody may use a bucket.
    /// </summary>
    public string? DefaultOwner { get; set; }

    /// <summary>Bucket name to the account that alone may use it.</summary>
    public IDictionary<string, string> BucketOwners { get; set; } = new Dictionary<string, string>();

    internal bool MayUse(string account, string bucket) =>
        (BucketOwners.TryGetValue(bucket, out var owner) ? owner : DefaultOwner) == account;
}
