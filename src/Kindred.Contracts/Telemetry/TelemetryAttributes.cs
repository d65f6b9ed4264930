namespace Kindred.Contracts.Telemetry;

/// <summary>
/// Attributes of instruments and spans. Each has few values, and none says anything of a person: no ids of users, items or keys.
/// </summary>
public static class TelemetryAttributes
{
    /// <summary>The tenant's account.</summary>
    public const string Tenant = "kindred.tenant";
    /// <summary>An operation of the contract, such as <c>GetRecommendations</c>.</summary>
    public const string Operation = "kindred.operation";
    /// <summary>The recipe's name, such as <c>aws-user-personalization-v2</c>.</summary>
    public const string Recipe = "kindred.recipe";
    /// <summary>OpenTelemetry's own: the code of a refusal, or the type of the exception.</summary>
    public const string ErrorType = "error.type";
}
