using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Kindred.Contracts.Refusals;

namespace Kindred.Storage.Objects;

/// <summary>Buckets on an S3-compatible server. The server knows one credential, so who owns a bucket is decided here.</summary>
internal sealed class S3Backend(S3Options options) : IBucketBackend, IDisposable
{
    private readonly AmazonS3Client _client = new(
        new BasicAWSCredentials(options.AccessKeyId, options.SecretAccessKey),
        new AmazonS3Config
        {
            ServiceURL = options.ServiceUrl,
            AuthenticationRegion = options.Region,
            ForcePathStyle = true,
            // Since 3.7.412 the SDK adds trailing checksums that many compatible servers reject.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
            MaxErrorRetry = 2,
            Timeout = TimeSpan.FromMinutes(5),
        });

    public async Task<StoredObject?> FindAsync(string account, ObjectName name, CancellationToken cancellationToken)
    {
        var head = await AskAsync(account, name, () => _client.GetObjectMetadataAsync(name.Bucket, name.Key, cancellationToken));
        return head is null ? null : new StoredObject(name.Location, name.Key[(name.Key.LastIndexOf('/') + 1)..], head.ContentLength);
    }

    public async Task<IReadOnlyList<StoredObject>> ListAsync(string account, ObjectName folder, CancellationToken cancellationToken)
    {
        var objects = await ListAsync(account, folder, delimiter: "/", cancellationToken);
        return [.. objects.OrderBy(o => o.Name, StringComparer.Ordinal)];
    }

    public async Task<IReadOnlyList<StoredObject>> ListBelowAsync(string account, ObjectName folder, CancellationToken cancellationToken)
    {
        var objects = await ListAsync(account, folder, delimiter: null, cancellationToken);
        return [.. objects.Where(o => o.Name.Length > 0).OrderBy(o => o.Location, StringComparer.Ordinal)];
    }

    private async Task<List<StoredObject>> ListAsync(string account, ObjectName folder, string? delimiter, CancellationToken cancellationToken)
    {
        var objects = new List<StoredObject>();
        var request = new ListObjectsV2Request { BucketName = folder.Bucket, Prefix = folder.Key, Delimiter = delimiter };
        do
        {
            var page = await AskAsync(account, folder, () => _client.ListObjectsV2Async(request, cancellationToken));
            if (page is null) break;
            objects.AddRange((page.S3Objects ?? [])
                .Where(o => o.Key.Length > folder.Key.Length) // the folder's own empty marker object
                .Select(o => new StoredObject($"s3://{folder.Bucket}/{o.Key}", o.Key[(o.Key.LastIndexOf('/') + 1)..], o.Size ?? 0)));
            request.ContinuationToken = page.IsTruncated == true ? page.NextContinuationToken : null;
        }
        while (request.ContinuationToken is not null);
        return objects;
    }

    public async Task<Stream?> OpenReadAsync(string account, ObjectName name, CancellationToken cancellationToken)
    {
        var response = await AskAsync(account, name, () => _client.GetObjectAsync(name.Bucket, name.Key, cancellationToken));
        return response?.ResponseStream;
    }

    public async Task PublishAsync(string account, ObjectName name, string temporaryPath, CancellationToken cancellationToken)
    {
        // In one piece: servers that do not know AWS's chunk framing would store the frames as part of the object.
        var request = new PutObjectRequest { BucketName = name.Bucket, Key = name.Key, FilePath = temporaryPath, UseChunkEncoding = false };
        _ = await AskAsync(account, name, () => _client.PutObjectAsync(request, cancellationToken))
            ?? throw new RefusedException(RefusalCode.InvalidInput, $"Invalid Data location. The S3 server has no bucket '{name.Bucket}'.");
        File.Delete(temporaryPath);
    }

    public async Task<bool> DeleteAsync(string account, ObjectName name, CancellationToken cancellationToken)
    {
        // S3 answers a delete of nothing with success, so ask first.
        if (await FindAsync(account, name, cancellationToken) is null) return false;
        await AskAsync(account, name, () => _client.DeleteObjectAsync(name.Bucket, name.Key, cancellationToken));
        return true;
    }

    public void Dispose() => _client.Dispose();

    /// <summary>Null when the server says there is no such thing; a refusal when it, or the owner of the bucket, says no.</summary>
    private async Task<T?> AskAsync<T>(string account, ObjectName name, Func<Task<T>> call) where T : class
    {
        if (!options.MayUse(account, name.Bucket)) throw Denied(name, inner: null);
        try
        {
            return await call();
        }
        catch (AmazonS3Exception missing) when (missing.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
        catch (AmazonS3Exception denied) when (denied.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized)
        {
            throw Denied(name, denied);
        }
        catch (Exception failed) when (failed is AmazonServiceException or AmazonClientException or HttpRequestException)
        {
            throw new IOException($"The S3 server at {options.ServiceUrl} did not answer for '{name.Location}': {failed.Message}", failed);
        }
    }

    private static RefusedException Denied(ObjectName name, Exception? inner)
    {
        var sentence = $"Insufficient privileges for accessing data in Amazon S3. This account may not use '{name.Location}'.";
        return inner is null ? new RefusedException(RefusalCode.InvalidInput, sentence) : new RefusedException(sentence, inner);
    }
}
