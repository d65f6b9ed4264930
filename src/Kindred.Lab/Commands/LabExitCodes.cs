namespace Kindred.Lab.Commands;

/// <summary>What the process ends with.</summary>
internal static class LabExitCodes
{
    public const int Done = 0;

    /// <summary>The data or a file is not as needed.</summary>
    public const int Failed = 1;

    /// <summary>The command line is not understood.</summary>
    public const int Usage = 2;

    /// <summary>A mistake in the program itself (EX_SOFTWARE of sysexits.h).</summary>
    public const int Defect = 70;

    /// <summary>128 + SIGINT, as shells have it.</summary>
    public const int Interrupted = 130;

    /// <summary>128 + SIGTERM.</summary>
    public const int Terminated = 143;
}
