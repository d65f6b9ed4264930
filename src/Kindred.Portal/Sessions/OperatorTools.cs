namespace Kindred.Portal.Sessions;

/// <summary>What this deployment offers its operators beside the portal's own pages.</summary>
public sealed record OperatorTools
{
    /// <summary>Path of the dashboard of Orleans; null where it is off.</summary>
    public string? OrleansDashboard { get; init; }
}
