using Kindred.Contracts.Arns;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Datasets;
using Kindred.Grains.Resources;
using Kindred.Storage.Events;
using Microsoft.Extensions.Logging;

namespace Kindred.Grains.Events;

/// <summary>
/// Before any grain is active: logs that an earlier release left to be made by their first record are made, and each group's log is
/// opened, so that no turn and no request waits for that. A log that is missing is said here, and refuses whoever comes for it.
/// </summary>
internal sealed partial class EventLogStart(Inventory inventory, IEventLog events, ILogger<EventLogStart> logger)
    : ILifecycleParticipant<ISiloLifecycle>
{
    public void Participate(ISiloLifecycle lifecycle) =>
        lifecycle.Subscribe(nameof(EventLogStart), ServiceLifecycleStage.ApplicationServices, StartAsync);

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        var groups = (await inventory.AllAsync<DatasetGroupState>(StateNames.DatasetGroup, ""))
            .ConvertAll(group => Arn.Parse(group.DatasetGroup!.DatasetGroupArn!));
        await events.AdoptAsync(groups, cancellationToken);
        foreach (var group in groups)
        {
            try
            {
                await events.EndPositionAsync(group, cancellationToken);
            }
            catch (Exception failure) when (failure is IOException or InvalidDataException)
            {
                LogUnreadable(group, failure);
            }
        }
    }

    [LoggerMessage(
        Level = LogLevel.Error, Message = "The event log of {DatasetGroup} cannot be opened; its events, trainings and campaigns wait for it")]
    private partial void LogUnreadable(Arn datasetGroup, Exception failure);
}
