using System.Globalization;
using Kindred.Operations.Readings;
using Kindred.Storage.Objects;
using Microsoft.AspNetCore.Components;

namespace Kindred.Portal.Components.Pages.Batch;

/// <summary>Batch recommendations, batch segments and exports of a project, and what they wrote.</summary>
public sealed partial class BatchPage
{
    private const int LinesShown = 10;
    private const int MostFiles = 100;
    private const int MostOfLine = 600;

    private IReadOnlyList<FileJobReading>? _jobs;
    private FileJobReading? _looked;
    private IReadOnlyList<StoredObject> _files = [];
    private string? _shown;
    private IReadOnlyList<string>? _lines;

    [Inject] private FileJobReadings Readings { get; set; } = default!;

    protected override bool IsLive => _jobs?.Any(job => job.IsUnfinished) ?? false;

    protected override async Task LoadAsync() =>
        _jobs = await Session.AsAsync(Account, p => Readings.ListAsync(p, ProjectArn, Leaving), Leaving);

    protected override async Task RefreshAsync() =>
        _jobs = await Session.AsAsync(Account, p => Readings.RefreshAsync(p, _jobs!, Leaving), Leaving);

    private async Task LookAsync(FileJobReading job)
    {
        (_files, _shown, _lines) = ([], null, null);
        await TryAsync(async () =>
        {
            _files = await Session.AsAsync(Account, p => Readings.ListOutputsAsync(p, job.Arn, Leaving), Leaving);
            await ReadAsync(job, _files[0].Name);
        });
        _looked = job;
    }

    private Task<bool> ShowAsync(string file) => TryAsync(() => ReadAsync(_looked!, file));

    private async Task ReadAsync(FileJobReading job, string file)
    {
        var lines = await Session.AsAsync(Account, p => Readings.ReadFirstLinesAsync(p, job.Arn, file, LinesShown, Leaving), Leaving);
        (_shown, _lines) = (file, [.. lines.Select(line => line.Length <= MostOfLine ? line : line[..MostOfLine] + "…")]);
    }

    private void Close() => (_looked, Refusal) = (null, null);

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
