using System.IO.Hashing;
using System.Runtime.InteropServices;
using Kindred.Contracts.Arns;

namespace Kindred.Serving.Attribution;

/// <summary>
/// Ids of recommendations, <c>RID-</c> and a UUID. Its first half is drawn; the second is a hash of the first and of the ARN that
/// answered. So whoever knows the ARNs of an account finds the one that an id is of, after any time and in any process, and nothing is
/// kept for an answer that may lead to no event.
/// </summary>
public static class RecommendationIds
{
    private const string Prefix = "RID-";
    private const int Half = 8;

    /// <param name="endpoint">The campaign or recommender that answers.</param>
    public static string New(Arn endpoint)
    {
        Span<byte> bytes = stackalloc byte[2 * Half];
        var drawn = Guid.NewGuid();
        drawn.TryWriteBytes(bytes, bigEndian: true, out _);
        Seal(bytes, endpoint.ToString());
        return $"{Prefix}{new Guid(bytes, bigEndian: true)}";
    }

    /// <summary>Whether an id is of a recommendation that <paramref name="endpoint"/> gave. A wrong yes has a chance of 2^-62.</summary>
    public static bool IsOf(string? recommendationId, string endpoint)
    {
        if (recommendationId?.StartsWith(Prefix, StringComparison.Ordinal) is not true
            || !Guid.TryParseExact(recommendationId.AsSpan(Prefix.Length), "D", out var id))
            return false;
        Span<byte> given = stackalloc byte[2 * Half], made = stackalloc byte[2 * Half];
        id.TryWriteBytes(given, bigEndian: true, out _);
        given.CopyTo(made);
        Seal(made, endpoint);
        return made.SequenceEqual(given);
    }

    /// <summary>It stays a UUID of version 4: the two bits that say so are not the hash's.</summary>
    private static void Seal(Span<byte> bytes, string endpoint)
    {
        var seed = MemoryMarshal.Read<long>(bytes);
        XxHash3.Hash(MemoryMarshal.AsBytes(endpoint.AsSpan()), bytes[Half..], seed);
        bytes[Half] = (byte)((bytes[Half] & 0x3F) | 0x80);
    }
}
