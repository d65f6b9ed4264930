using Kindred.Contracts.Arns;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Protocol;
using Kindred.Grains.Files;
using Kindred.Grains.Jobs;
using Kindred.Grains.Resources;
using Kindred.Recipes.Actions;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Interactions;
using Kindred.Recipes.Metadata;
using Kindred.Storage.Artifacts;
using Kindred.Storage.Events;
using Kindred.Storage.Segments;

namespace Kindred.Grains.Solutions;

/// <summary>Reads what a dataset group holds into what recipes train on.</summary>
internal sealed class TrainingDataReader(IGrainFactory grains, IEventLog events, IArtifactStore artifacts, DataFiles files)
{
    /// <summary>Everything up to now. The run hears of 0..<paramref name="share"/> of its work.</summary>
    /// <param name="recipe">What is trained; null while it is to be chosen. Actions are read for those that recommend them.</param>
    /// <param name="columns">Which columns of the datasets train; null = all that can.</param>
    /// <exception cref="EventLogMissingException">The group's log is absent, or another's.</exception>
    /// <exception cref="Contracts.Refusals.RefusedException">The group has no interactions dataset any more.</exception>
    public async Task<TrainingData> ReadAsync(
        Arn groupArn, RecipeDescription? recipe, TrainingDataConfig? columns, JobRun run, double share)
    {
        var eventsThrough = await events.EndPositionAsync(groupArn, run.CancellationToken);
        using (files.Read(groupArn)) // before the manifests are read, so that no file they name is removed meanwhile
        {
            var dataset = await grains.ExpectAsync<DatasetState>(ArnOf(groupArn, DatasetTypes.Interactions));
            var items = await FindAsync(groupArn, DatasetTypes.Items);
            var users = await FindAsync(groupArn, DatasetTypes.Users);
            var interactions = await ReadInteractionsAsync(groupArn, dataset.Data, columns, run, share);
            var actions = recipe?.RecipeType is RecipeTypes.PersonalizedActions ? await ReadActionsAsync(groupArn, interactions, columns, run) : null;
            var set = TrainingSets.Join(
                interactions, await ReadAttributesAsync(groupArn, items, columns, run), await ReadAttributesAsync(groupArn, users, columns, run));
            return new TrainingData(
                set with { Actions = actions }, dataset.LastImport?.ImportJobArn, items?.LastImport?.ImportJobArn, eventsThrough,
                dataset.Data.Deletions + (users?.Data.Deletions ?? 0) + (actions is null ? 0 : await ActionDeletionsAsync(groupArn)));
        }
    }

    /// <summary>The <see cref="TrainingData.Deletions"/> of what would be read now.</summary>
    /// <param name="recipe">What is trained; null while it is to be chosen.</param>
    public async Task<long> DeletionsAsync(Arn groupArn, RecipeDescription? recipe) =>
        ((await FindAsync(groupArn, DatasetTypes.Interactions))?.Data.Deletions ?? 0)
        + ((await FindAsync(groupArn, DatasetTypes.Users))?.Data.Deletions ?? 0)
        + (recipe?.RecipeType is RecipeTypes.PersonalizedActions ? await ActionDeletionsAsync(groupArn) : 0);

    private async Task<long> ActionDeletionsAsync(Arn groupArn) =>
        (await FindAsync(groupArn, DatasetTypes.ActionInteractions))?.Data.Deletions ?? 0;

    private async Task<ActionSet?> ReadActionsAsync(Arn groupArn, InteractionLogBuilder interactions, TrainingDataConfig? columns, JobRun run)
    {
        var reading = new ActionReading(interactions);
        if (await ReadAttributesAsync(groupArn, await FindAsync(groupArn, DatasetTypes.Actions), columns, run) is not { } actions) return null;
        reading.SetActions(actions);
        if ((await FindAsync(groupArn, DatasetTypes.ActionInteractions))?.Data is not { } data) return reading.Build();
        run.Report(0, "reading action interactions");
        var segments = data.BulkSegments.Concat(data.StreamedSegments).ToArray();
        using (var copies = await artifacts.OpenAllAsync(segments.Select(segment => segment.Path), run.CancellationToken))
            InteractionSegments.Read(copies.PathsOf(segments), reading.Add, run.CancellationToken, subject: ColumnNames.ActionId);
        await reading.AddStreamedAsync(events, groupArn, data.CompactedThrough, run.CancellationToken);
        return reading.Build();
    }

    private Task<DatasetState?> FindAsync(Arn groupArn, string type) =>
        grains.FindAsync<DatasetState>(ArnOf(groupArn, type));

    private static Arn ArnOf(Arn groupArn, string type) => Arn.Dataset(groupArn.Region, groupArn.Account, groupArn.Name, type);

    /// <summary>Items or users; null without a dataset.</summary>
    private async Task<AttributeTableBuilder?> ReadAttributesAsync(Arn groupArn, DatasetState? dataset, TrainingDataConfig? columns, JobRun run)
    {
        if (dataset?.Data is not { } data) return null;
        run.Report(0, $"reading {data.DatasetType.ToLowerInvariant()}");
        var reading = new AttributeReading(data, columns);
        var segments = SegmentOrder.Of(data);
        using (var copies = await artifacts.OpenAllAsync(segments.Select(segment => segment.Path), run.CancellationToken))
            RecordSegments.Read(copies.PathsOf(segments), reading.IdColumn, reading.Columns, reading.Add, run.CancellationToken);
        await events.ReadAsync(groupArn, data.CompactedThrough, (_, record) => reading.Add(record), run.CancellationToken);
        return reading.Table;
    }

    private async Task<InteractionLogBuilder> ReadInteractionsAsync(
        Arn groupArn, DatasetData data, TrainingDataConfig? columns, JobRun run, double share)
    {
        run.Report(0, "reading interactions");
        var builder = new InteractionLogBuilder();
        var contexts = new ContextReading(data, columns, builder);
        var segments = data.BulkSegments.Concat(data.StreamedSegments).ToArray();
        var rows = Math.Max(1, segments.Sum(segment => segment.RowCount));
        using var copies = await artifacts.OpenAllAsync(segments.Select(segment => segment.Path), run.CancellationToken);
        InteractionSegments.Read(
            copies.PathsOf(segments),
            batch =>
            {
                run.CancellationToken.ThrowIfCancellationRequested();
                InteractionReading.Add(builder, batch, contexts);
                run.Report(share * builder.Count / rows, "reading interactions");
            },
            run.CancellationToken, metadata: contexts.Columns);
        await InteractionReading.AddStreamedAsync(builder, contexts, events, groupArn, data.CompactedThrough, run.CancellationToken);
        return builder;
    }
}
