namespace Kindred.Api.Authentication;

/// <summary>The service part of a credential's scope.</summary>
internal static class SignatureServices
{
    /// <summary>All three services of the contract sign with this name.</summary>
    public const string Personalize = "personalize";

    /// <summary>Tools that know how to send a file sign for this one; only buckets accept it.</summary>
    public const string S3 = "s3";
}
