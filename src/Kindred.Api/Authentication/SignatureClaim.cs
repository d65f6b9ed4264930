using Kindred.Api.Protocol;

namespace Kindred.Api.Authentication;

/// <summary>What a SigV4 <c>Authorization</c> header claims.</summary>
internal sealed record SignatureClaim
{
    public const string Algorithm = "AWS4-HMAC-SHA256";
    private const int MaxSignedHeaders = 100;

    public required string KeyId { get; init; }
    /// <summary>Eight digits, the day of the signing key.</summary>
    public required string Date { get; init; }
    public required string Region { get; init; }
    public required string Service { get; init; }
    /// <summary>Lower-case names in ordinal order, each once.</summary>
    public required IReadOnlyList<string> SignedHeaders { get; init; }
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

        string? credential = null, signedHeaders = null, signature = null;
        foreach (var part in header[Algorithm.Length..].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0) throw Incomplete("The Authorization header holds a part that is not of the form name=value.");
            var value = part[(equals + 1)..];
            switch (part[..equals])
            {
                case "Credential": Take(ref credential, value, "Credential"); break;
                case "SignedHeaders": Take(ref signedHeaders, value, "SignedHeaders"); break;
                case "Signature": Take(ref signature, value, "Signature"); break;
                default: throw Incomplete("The Authorization header holds an unknown part; expected are Credential, SignedHeaders and Signature.");
            }
        }

        var scope = (credential ?? throw Incomplete("The Authorization header lacks 'Credential'.")).Split('/');
        if (scope.Length != 5 || scope[4] != "aws4_request" || scope.Any(string.IsNullOrEmpty))
        {
            throw Incomplete("The Credential must be of the form key-id/date/region/service/aws4_request.");
        }

        if (scope[1].Length != 8 || !scope[1].All(char.IsAsciiDigit)) throw Incomplete("The date of the Credential must be 8 digits, YYYYMMDD.");
        return new SignatureClaim
        {
            KeyId = scope[0],
            Date = scope[1],
            Region = scope[2],
            Service = scope[3],
            SignedHeaders = ParseHeaders(signedHeaders ?? throw Incomplete("The Authorization header lacks 'SignedHeaders'.")),
            Signature = ParseSignature(signature ?? throw Incomplete("The Authorization header lacks 'Signature'.")),
        };
    }

    private static void Take(ref string? slot, string value, string name) =>
        slot = slot is null ? value : throw Incomplete($"The Authorization header gives '{name}' twice.");

    private static string[] ParseHeaders(string text)
    {
        var names = text.Split(';');
        if (names.Length > MaxSignedHeaders) throw Incomplete($"More than {MaxSignedHeaders} headers are signed.");
        for (var i = 0; i < names.Length; i++)
        {
            if (names[i].Length == 0 || names[i].Any(c => c is <= ' ' or > '~' or (>= 'A' and <= 'Z')))
            {
                throw Incomplete("SignedHeaders must be lower-case header names separated by ';'.");
            }

            if (i > 0 && string.CompareOrdinal(names[i - 1], names[i]) >= 0) throw Incomplete("SignedHeaders must be sorted, each name once.");
        }

        return names;
    }

    private static byte[] ParseSignature(string text)
    {
        var signature = new byte[32];
        if (text.Length == 64 && Convert.FromHexString(text, signature, out _, out _) == System.Buffers.OperationStatus.Done) return signature;
        throw Incomplete("The Signature must be 64 hexadecimal digits.");
    }

    private static ApiException Incomplete(string message) => new(ApiError.IncompleteSignature, message);
}
