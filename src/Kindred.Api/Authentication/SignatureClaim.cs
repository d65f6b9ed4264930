using Kindred.Api.Protocol;

namespace Kindred.Api.Authentication;

/// <summary>What a SigV4 <c>Authorization</c> header claims.</summary>
internal sealed record SignatureClaim
{
    public const string Algorithm = "AWS4-HMAC-SHA256";
    private const int MaxSignedHeaders = 100;
    private const int ScopeParts = 5;

    public required string KeyId { get; init; }
    /// <summary>Eight digits, the day of the signing key.</summary>
    public required string Date { get; init; }
    public required string Region { get; init; }
    public required string Service { get; init; }
    /// <summary>Lower-case names in ordinal order, each once.</summary>
    public required string[] SignedHeaders { get; init; }
    /// <summary>32 bytes.</summary>
    public required byte[] Signature { get; init; }

    public string Scope => $"{Date}/{Region}/{Service}/aws4_request";

    /// <param name="header"><c>AWS4-HMAC-SHA256 Credential=id/date/region/service/aws4_request, SignedHeaders=a;b, Signature=hex</c>.</param>
    /// <exception cref="ApiException"><see cref="ApiError.IncompleteSignature"/> saying what is missing or malformed.</exception>
    public static SignatureClaim Parse(string header)
    {
        if (!header.StartsWith(Algorithm + " ", StringComparison.Ordinal))
        {
            throw Incomplete($"The Authorization header must begin with '{Algorithm} '.");
        }

        ReadOnlySpan<char> credential = default, signedHeaders = default, signature = default;
        var given = Parts.None;
        var parts = header.AsSpan(Algorithm.Length);
        foreach (var range in parts.Split(','))
        {
            var part = parts[range].Trim();
            if (part.IsEmpty) continue;
            var equals = part.IndexOf('=');
            if (equals < 0) throw Incomplete("The Authorization header holds a part that is not of the form name=value.");
            var value = part[(equals + 1)..];
            switch (part[..equals])
            {
                case "Credential": credential = Take(value, Parts.Credential, ref given); break;
                case "SignedHeaders": signedHeaders = Take(value, Parts.SignedHeaders, ref given); break;
                case "Signature": signature = Take(value, Parts.Signature, ref given); break;
                default: throw Incomplete("The Authorization header holds an unknown part; expected are Credential, SignedHeaders and Signature.");
            }
        }

        Require(given, Parts.Credential);
        Span<Range> scope = stackalloc Range[ScopeParts + 1];
        if (credential.Split(scope, '/') != ScopeParts || HasEmpty(credential, scope[..ScopeParts]) || credential[scope[4]] is not "aws4_request")
        {
            throw Incomplete("The Credential must be of the form key-id/date/region/service/aws4_request.");
        }

        var date = credential[scope[1]];
        if (date.Length != 8 || date.ContainsAnyExceptInRange('0', '9')) throw Incomplete("The date of the Credential must be 8 digits, YYYYMMDD.");
        Require(given, Parts.SignedHeaders);
        var names = ParseHeaders(signedHeaders);
        Require(given, Parts.Signature);
        return new SignatureClaim
        {
            KeyId = credential[scope[0]].ToString(),
            Date = date.ToString(),
            Region = credential[scope[2]].ToString(),
            Service = credential[scope[3]].ToString(),
            SignedHeaders = names,
            Signature = ParseSignature(signature),
        };
    }

    private static ReadOnlySpan<char> Take(ReadOnlySpan<char> value, Parts part, scoped ref Parts given)
    {
        if (given.HasFlag(part)) throw Incomplete($"The Authorization header gives '{part}' twice.");
        given |= part;
        return value;
    }

    private static void Require(Parts given, Parts part)
    {
        if (!given.HasFlag(part)) throw Incomplete($"The Authorization header lacks '{part}'.");
    }

    private static bool HasEmpty(ReadOnlySpan<char> text, ReadOnlySpan<Range> ranges)
    {
        foreach (var range in ranges)
            if (text[range].IsEmpty) return true;
        return false;
    }

    private static string[] ParseHeaders(ReadOnlySpan<char> text)
    {
        if (text.Count(';') >= MaxSignedHeaders) throw Incomplete($"More than {MaxSignedHeaders} headers are signed.");
        var names = new string[text.Count(';') + 1];
        var i = 0;
        foreach (var range in text.Split(';'))
        {
            var name = text[range];
            if (name.IsEmpty || name.ContainsAnyExceptInRange('!', '~') || name.ContainsAnyInRange('A', 'Z'))
            {
                throw Incomplete("SignedHeaders must be lower-case header names separated by ';'.");
            }

            names[i] = name.ToString();
            if (i > 0 && string.CompareOrdinal(names[i - 1], names[i]) >= 0) throw Incomplete("SignedHeaders must be sorted, each name once.");
            i++;
        }

        return names;
    }

    private static byte[] ParseSignature(ReadOnlySpan<char> text)
    {
        var signature = new byte[32];
        if (text.Length == 64 && Convert.FromHexString(text, signature, out _, out _) == System.Buffers.OperationStatus.Done) return signature;
        throw Incomplete("The Signature must be 64 hexadecimal digits.");
    }

    /// <summary>Parts of the header by their names.</summary>
    [Flags]
    private enum Parts
    {
        None = 0,
        Credential = 1,
        SignedHeaders = 2,
        Signature = 4,
    }

    private static ApiException Incomplete(string message) => new(ApiError.IncompleteSignature, message);
}
