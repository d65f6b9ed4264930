using Kindred.Contracts.Access;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Solutions;
using Kindred.Grains.Resources;
using Kindred.Grains.Tenants;
using Kindred.Storage.Events;
using Microsoft.Extensions.Logging;

namespace Kindred.Grains.Solutions;

/// <summary>
/// Looks which items were put since the last compaction, and then tells the tenant. Reading a log takes as long as the log is, so it
/// happens here, outside of every grain, and no turn waits for it.
/// </summary>
internal sealed partial class NewItemsProbe(IGrainFactory grains, IEventLog events, ILogger<NewItemsProbe> logger)
{
    /// <summary>Looks without anybody waiting; a failure is logged, and the next reminder looks again.</summary>
    public void Start(Arn solution) => _ = Task.Run(async () =>
    {
        try
        {
            await LookAsync(solution);
        }
        catch (Exception failure)
        {
            LogFailed(solution, failure);
        }
    });

    internal async Task LookAsync(Arn solutionArn)
    {
        using var entry = CallerContext.EnterService(solutionArn.Account, "new items");
        if (await grains.FindAsync<SolutionState>(solutionArn) is not { Solution.DatasetGroupArn: var group }) return;
        var itemsArn = Arn.Dataset(group.Region, group.Account, group.Name, DatasetTypes.Items);
        if (await grains.FindAsync<DatasetState>(itemsArn) is not { Data: var items }) return;

        var newest = UpdateRules.NothingPut;
        await events.ReadAsync(
            group, items.CompactedThrough,
            (position, record) =>
            {
                if (record is StreamedItem) newest = position;
            },
            CancellationToken.None);
        await grains.GetGrain<ITenantControl>(solutionArn.Account).UpdateIfDueAsync(solutionArn, newest);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Whether {Solution} has new items could not be found out")]
    private partial void LogFailed(Arn solution, Exception failure);
}
