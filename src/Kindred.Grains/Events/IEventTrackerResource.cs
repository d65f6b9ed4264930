using Kindred.Contracts.Events;
using Kindred.Grains.Resources;

namespace Kindred.Grains.Events;

[Alias("Kindred.IEventTrackerResource")]
internal interface IEventTrackerResource : IResource<EventTrackerState>;
