namespace Kindred.Host.Starting;

/// <summary>How the process ends.</summary>
internal static class ExitCodes
{
    public const int Success = 0;
    /// <summary>It could not start or go on: the port is taken, the data folder is in use, the demo failed.</summary>
    public const int Failed = 1;
    /// <summary>The command line or a setting is wrong; every fault has been printed.</summary>
    public const int BadSettings = 2;
}
