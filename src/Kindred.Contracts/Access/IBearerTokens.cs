namespace Kindred.Contracts.Access;

/// <summary>Reads the tokens that callers of the API send as <c>Authorization: Bearer</c>.</summary>
public interface IBearerTokens
{
    /// <returns>In whose name the bearer acts, with what they may at this moment; null when the token is none, has ended or was revoked.</returns>
    ValueTask<Principal?> FindPrincipalAsync(string token, CancellationToken cancellationToken = default);
}
