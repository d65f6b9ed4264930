using System.Globalization;
using Kindred.Api.Authentication;
using Kindred.Api.Protocol;
using Kindred.Contracts.Access;
using Kindred.Storage;
using Kindred.Storage.Objects;
using Kindred.Storage.Quotas;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace Kindred.Api.Buckets;

/// <summary>The tenant's own files: what imports read from <c>s3://bucket/key</c>, without an S3 server.</summary>
internal sealed class BucketEndpoints(
    RequestAuthenticator authenticator, ObjectStore objects, StorageQuota quota, StorageOptions storage)
{
    public void Map(IEndpointRouteBuilder routes, RequestGuard guard)
    {
        routes.MapPut("/buckets/{bucket}/{**key}", guard.Around(PutAsync));
        routes.MapGet("/buckets/{bucket}/{**key}", guard.Around(GetAsync));
        routes.MapMethods("/buckets/{bucket}/{**key}", [HttpMethods.Head], guard.Around(HeadAsync));
        routes.MapDelete("/buckets/{bucket}/{**key}", guard.Around(DeleteAsync));
    }

    private async Task PutAsync(HttpContext http)
    {
        var path = BucketPath.Of(http.Request);
        if (http.Request.ContentLength > storage.MaxUploadBytes) throw TooLarge();
        // Without a stated hash nothing may reach the disk before the whole body has proved itself; small ones can, in memory.
        if (RequestAuthenticator.SignsBodyItself(http.Request) && http.Request.ContentLength <= RequestBody.MaxBytes)
        {
            using var request = await authenticator.ReadAsync(http, forBucket: true);
            await using var content = new MemoryStream(request.Body.ToArray(), writable: false);
            await StoreAsync(http, path, request.Principal, content, sha256: null);
            return;
        }

        var (uploader, sha256) = await authenticator.AuthenticateUploadAsync(http.Request);
        // The store counts the bytes; a server limit would only answer earlier in other words.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = null;
        await StoreAsync(http, path, uploader, http.Request.Body, sha256);
    }

    private async Task StoreAsync(HttpContext http, BucketPath path, Principal principal, Stream content, string? sha256)
    {
        principal.Require(AccessScopes.Objects, "objects:Put");
        using var entered = CallerContext.Enter(principal);
        var left = quota.Require(principal.Account, http.Request.ContentLength ?? 0);
        var receipt = await objects.PutAsync(
            principal.Account, path.Bucket, path.Key, content, Math.Min(storage.MaxUploadBytes, left), sha256, http.RequestAborted);
        http.Response.Headers.ETag = $"\"{receipt.Sha256}\"";
        await JsonAnswer.WriteAsync(http, StatusCodes.Status200OK, receipt, BucketJson.Default.ObjectReceipt);
    }

    private async Task GetAsync(HttpContext http)
    {
        var path = BucketPath.Of(http.Request);
        var principal = await AuthorizeAsync(http, "objects:Get");
        using var entered = CallerContext.Enter(principal);
        var account = principal.Account;
        if (path.Key.Length == 0)
        {
            await ListAsync(http, account, path.Bucket);
            return;
        }

        var found = await FindAsync(http, account, path);
        await using var content = await objects.OpenReadAsync(account, found, http.RequestAborted);
        Describe(http.Response, found);
        await content.CopyToAsync(http.Response.Body, http.RequestAborted);
    }

    private async Task HeadAsync(HttpContext http)
    {
        var path = BucketPath.Of(http.Request);
        var principal = await AuthorizeAsync(http, "objects:Get");
        using var entered = CallerContext.Enter(principal);
        Describe(http.Response, await FindAsync(http, principal.Account, path));
    }

    private async Task DeleteAsync(HttpContext http)
    {
        var path = BucketPath.Of(http.Request);
        var principal = await AuthorizeAsync(http, "objects:Delete");
        using var entered = CallerContext.Enter(principal);
        // As in S3, deleting what is not there succeeds: the outcome is what was asked for.
        await objects.DeleteAsync(principal.Account, path.Bucket, path.Key, http.RequestAborted);
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private async Task ListAsync(HttpContext http, string account, string bucket)
    {
        var prefix = http.Request.Query["prefix"].ToString();
        var found = await objects.ListBucketAsync(account, bucket, prefix, http.RequestAborted);
        await JsonAnswer.WriteAsync(http, StatusCodes.Status200OK, new BucketListing(bucket, prefix, found),
            BucketJson.Default.BucketListing);
    }

    private async Task<StoredObject> FindAsync(HttpContext http, string account, BucketPath path) =>
        await objects.FindAsync(account, path.Bucket, path.Key, http.RequestAborted)
        ?? throw new ApiException(ApiError.ResourceNotFound, $"There is no object 's3://{path.Bucket}/{path.Key}'.");

    private async Task<Principal> AuthorizeAsync(HttpContext http, string action)
    {
        using var request = await authenticator.ReadAsync(http, forBucket: true);
        request.Principal.Require(AccessScopes.Objects, action);
        return request.Principal;
    }

    private static void Describe(HttpResponse response, StoredObject found)
    {
        response.ContentType = "application/octet-stream";
        response.ContentLength = found.SizeBytes;
        // A tenant's file must never run as a page of this origin.
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentDisposition = "attachment";
    }

    private ApiException TooLarge() => new(ApiError.RequestEntityTooLarge,
        string.Create(CultureInfo.InvariantCulture, $"The object is larger than {storage.MaxUploadBytes} bytes."));
}
