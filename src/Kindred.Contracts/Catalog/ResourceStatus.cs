namespace Kindred.Contracts.Catalog;

/// <summary>Statuses of resources, in the literal words that clients poll for.</summary>
public static class ResourceStatus
{
    public const string CreatePending = "CREATE PENDING";
    public const string CreateInProgress = "CREATE IN_PROGRESS";
    public const string CreateStopping = "CREATE STOPPING";
    public const string CreateStopped = "CREATE STOPPED";
    public const string Active = "ACTIVE";
    public const string CreateFailed = "CREATE FAILED";
    /// <summary>Stopped: it keeps its model, and can be started again.</summary>
    public const string Inactive = "INACTIVE";
    public const string StartPending = "START PENDING";
    public const string StartInProgress = "START IN_PROGRESS";
    public const string DeleteInProgress = "DELETE IN_PROGRESS";
    /// <summary>Of jobs that make nothing, such as data deletion jobs.</summary>
    public const string Pending = "PENDING";
    public const string InProgress = "IN_PROGRESS";
    public const string Completed = "COMPLETED";
    public const string Failed = "FAILED";

    /// <summary>Whether a job still works on the resource.</summary>
    public static bool IsUnfinished(string? status) =>
        status is CreatePending or CreateInProgress or CreateStopping or Pending or InProgress;
}
