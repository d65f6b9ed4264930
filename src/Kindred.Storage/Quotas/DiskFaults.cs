using Microsoft.Data.Sqlite;

namespace Kindred.Storage.Quotas;

/// <summary>Tells a full disk from other failures.</summary>
public static class DiskFaults
{
    private const int NoSpaceOnUnix = 28; // ENOSPC
    private const int QuotaOnUnix = 122; // EDQUOT
    private const int DiskFullOnWindows = unchecked((int)0x80070070);
    private const int HandleDiskFullOnWindows = unchecked((int)0x80070027);
    private const int SqliteFull = 13;

    /// <summary>Whether the disk, or the user's share of it, was full, as far as the failure or what caused it says.</summary>
    public static bool IsFull(Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is SqliteException { SqliteErrorCode: SqliteFull }) return true;
            if (cause is IOException { HResult: NoSpaceOnUnix or QuotaOnUnix or DiskFullOnWindows or HandleDiskFullOnWindows }) return true;
        }
        return false;
    }
}
