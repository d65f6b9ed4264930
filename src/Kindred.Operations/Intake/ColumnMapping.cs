using Kindred.Files.Csv.Inference;

namespace Kindred.Operations.Intake;

/// <summary>What becomes of the columns of one uploaded file.</summary>
/// <param name="DatasetType"><c>Interactions</c>, <c>Items</c>, <c>Users</c>, <c>Actions</c> or <c>Action_Interactions</c>.</param>
/// <param name="Targets">For each column of the file its name in the dataset; null for one that is left out.</param>
/// <param name="TimestampForm">How the values of TIMESTAMP and CREATION_TIMESTAMP are written.</param>
public sealed record ColumnMapping(string DatasetType, IReadOnlyList<string?> Targets, TimestampForm TimestampForm)
{
    /// <summary>Positions in the file of the columns that stay, in the file's order.</summary>
    public IReadOnlyList<int> Kept { get; } = [.. Enumerable.Range(0, Targets.Count).Where(i => Targets[i] is not null)];

    /// <summary>Their names in the dataset.</summary>
    public IReadOnlyList<string> Names => [.. Kept.Select(i => Targets[i]!)];
}
