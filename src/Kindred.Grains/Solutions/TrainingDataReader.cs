using Kindred.Contracts.Arns;
using Kindred.Contracts.Datasets;
using Kindred.Grains.Datasets;
using Kindred.Grains.Files;
using Kindred.Grains.Jobs;
using Kindred.Grains.Resources;
using Kindred.Recipes.Interactions;
using Kindred.Recipes.Training;
using Kindred.Storage.Events;
using Kindred.Storage.Segments;

namespace Kindred.Grains.Solutions;

/// <summary>Reads what a dataset group holds into what recipes train on.</summary>
internal sealed class TrainingDataReader(IGrainFactory grains, EventStore events, DataFiles files)
{
    /// <summary>Everything up to now. The run hears of 0..<paramref name="share"/> of its work.</summary>
    /// <exception cref="Contracts.Refusals.RefusedException">The group has no interactions dataset any more.</exception>
    public async Task<TrainingData> ReadAsync(Arn groupArn, JobRun run, double share)
    {
        var eventsThrough = events.EndPosition(groupArn);
        using (files.Read(groupArn)) // before the manifests are read, so that no file they name is removed meanwhile
        {
            var arn = Arn.Dataset(groupArn.Region, groupArn.Account, groupArn.Name, DatasetTypes.Interactions);
            var dataset = await grains.GetGrain<IDatasetResource>(arn.ToString()).FindAsync() ?? throw Refuse.NotFound(arn);
            var log = ReadInteractions(groupArn, dataset.Data!, run, share);
            return new TrainingData(new TrainingSet(log), dataset.LastImport?.ImportJobArn, eventsThrough);
        }
    }

    private InteractionLog ReadInteractions(Arn groupArn, DatasetData data, JobRun run, double share)
    {
        run.Report(0, "reading interactions");
        var builder = new InteractionLogBuilder();
        var segments = data.BulkSegments.Concat(data.StreamedSegments).ToArray();
        var rows = Math.Max(1, segments.Sum(segment => segment.RowCount));
        InteractionSegments.Read(
            segments.Select(segment => files.Absolute(segment.Path)),
            batch =>
            {
                run.CancellationToken.ThrowIfCancellationRequested();
                InteractionReading.Add(builder, batch);
                run.Report(share * builder.Count / rows, "reading interactions");
            },
            run.CancellationToken);
        InteractionReading.AddStreamed(builder, events, groupArn, data.CompactedThrough, run.CancellationToken);
        return builder.Build();
    }
}
