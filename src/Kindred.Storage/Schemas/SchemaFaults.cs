using Kindred.Contracts.Refusals;

namespace Kindred.Storage.Schemas;

/// <summary>All faults of one document, as one refusal.</summary>
internal static class SchemaFaults
{
    private const int Shown = 20;

    public static RefusedException Refusal(IReadOnlyCollection<string> faults) =>
        new(RefusalCode.InvalidInput, faults.Count <= Shown
            ? string.Join(" ", faults)
            : $"{string.Join(" ", faults.Take(Shown))} (and {faults.Count - Shown} more)");
}
