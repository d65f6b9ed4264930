using Kindred.Operations.Readings;

namespace Kindred.Portal.Components.Pages.Datasets;

/// <summary>A dataset with its imports, the newest first.</summary>
/// <param name="Arn">Its ARN.</param>
/// <param name="Type">As the contract spells it: <c>INTERACTIONS</c>.</param>
public sealed record DatasetView(string Arn, string Type, string? Status, IReadOnlyList<ImportReading> Imports)
{
    public string Title => DatasetWords.Title(Type);

    public bool IsBusy => Status is not ("ACTIVE" or "CREATE FAILED") || Imports.Any(i => i.State.Status is not ("ACTIVE" or "CREATE FAILED"));

    /// <summary>Rows of the imports since the last one that replaced everything.</summary>
    public long Rows
    {
        get
        {
            var rows = 0L;
            foreach (var import in Imports.Where(i => i.State.Status is "ACTIVE"))
            {
                rows += import.GoodRows ?? 0;
                if (import.State.ImportJob.ImportMode is "FULL") break;
            }
            return rows;
        }
    }
}
