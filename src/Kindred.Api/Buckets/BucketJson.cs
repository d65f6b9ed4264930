using System.Text.Json;
using System.Text.Json.Serialization;
using Kindred.Storage.Objects;

namespace Kindred.Api.Buckets;

internal sealed record BucketListing(string Bucket, string Prefix, IReadOnlyList<StoredObject> Objects);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(BucketListing))]
[JsonSerializable(typeof(ObjectReceipt))]
internal sealed partial class BucketJson : JsonSerializerContext;
