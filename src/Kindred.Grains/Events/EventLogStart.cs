using Kindred.Contracts.Arns;
using Kindred.Contracts.Datasets;
using Kindred.Grains.Resources;
using Kindred.Storage.Events;
using Microsoft.Extensions.Logging;

namespace Kindred.Grains.Events;

/// <summary>
/// Before any grain is active: logs that an earlier release left to be made by their first record are made. Then each group's log is
/// opened, so that hardly a turn or a request waits for that. A log that is missing is said here, and refuses whoever comes for it.
/// </summary>
internal sealed partial class EventLogStart(Inventory inventory, IEventLog events, ILogger<EventLogStart> logger)
    : ILifecycleParticipant<ISiloLifecycle>
{
    public void Participate(ISiloLifecycle lifecycle) =>
        lifecycle.Subscribe(nameof(EventLogStart), ServiceLifecycleStage.ApplicationServices, StartAsync);

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        var groups = (await inventory.EverywhereAsync<DatasetGroupState>()).ConvertAll(group => group.Arn);
        await events.AdoptAsync(groups, cancellationToken);
        _ = Task.Run(() => OpenAsync(groups), CancellationToken.None);
    }

    private async Task OpenAsync(List<Arn> groups)
    {
        foreach (var group in groups)
        {
            try
            {
                await events.EndPositionAsync(group, CancellationToken.None);
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
