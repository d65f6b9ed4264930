using Kindred.Contracts.Access;
using Kindred.Contracts.Protocol.Events;

namespace Kindred.Serving;

/// <summary>Takes in PutEvents, PutItems and PutUsers: each is acknowledged after it is on disk and visible.</summary>
public sealed class EventIngestion
{
    public Task PutEventsAsync(PutEventsRequest request, Caller caller, CancellationToken cancellationToken) => throw new NotSupportedException();
    public Task PutItemsAsync(PutItemsRequest request, Caller caller, CancellationToken cancellationToken) => throw new NotSupportedException();
    public Task PutUsersAsync(PutUsersRequest request, Caller caller, CancellationToken cancellationToken) => throw new NotSupportedException();
}
