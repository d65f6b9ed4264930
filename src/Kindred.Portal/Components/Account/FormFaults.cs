namespace Kindred.Portal.Components.Account;

/// <summary>What is wrong with a form, as one notice.</summary>
internal static class FormFaults
{
    /// <returns>The sentences; null when nothing is wrong.</returns>
    public static string? Text(IReadOnlyList<string> faults) => faults.Count == 0 ? null : string.Join(' ', faults);
}
