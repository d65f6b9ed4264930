using Kindred.Contracts.Datasets;
using Kindred.Contracts.Protocol.Events;
using Kindred.Contracts.Refusals;
using Kindred.Storage.Schemas;

namespace Kindred.Serving.Ingestion;

/// <summary>What the requests that put records must be, beyond the contract's own shapes: every fault is reported at once.</summary>
internal static class RecordRules
{
    private const int MaxRecords = 10;
    private const int MaxIdLength = 256;
    private static readonly string[] ItemIdentity = [ColumnNames.ItemId];
    private static readonly string[] UserIdentity = [ColumnNames.UserId];
    private static readonly string[] ActionIdentity = [ColumnNames.ActionId];

    /// <exception cref="RefusedException">InvalidInput, with every fault.</exception>
    public static void Check(PutEventsRequest request, DateTimeOffset now)
    {
        var faults = new List<string>(0);
        if (string.IsNullOrEmpty(request.SessionId)) faults.Add("sessionId is required.");
        CheckId(request.SessionId, "sessionId", faults);
        CheckId(request.UserId, "userId", faults);
        CheckCount(request.EventList?.Count ?? 0, "eventList", faults);
        for (var i = 0; i < (request.EventList?.Count ?? 0); i++) EventRules.Check(request.EventList![i], $"eventList[{i}]", now, faults);
        Throw(faults);
    }

    /// <inheritdoc cref="Check(PutEventsRequest, DateTimeOffset)"/>
    public static void CheckColumns(PutEventsRequest request, ParsedSchema schema)
    {
        var faults = new List<string>(0);
        for (var i = 0; i < request.EventList.Count; i++)
            EventRules.CheckColumns(request.EventList[i], schema, $"eventList[{i}]", faults);
        Throw(faults);
    }

    /// <inheritdoc cref="Check(PutEventsRequest, DateTimeOffset)"/>
    public static void Check(PutItemsRequest request, ParsedSchema schema)
    {
        var faults = new List<string>(0);
        CheckCount(request.Items?.Count ?? 0, "items", faults);
        for (var i = 0; i < (request.Items?.Count ?? 0); i++)
            CheckRecord(request.Items![i].ItemId, "itemId", request.Items[i].Properties, schema, ItemIdentity, $"items[{i}]", faults);
        Throw(faults);
    }

    /// <inheritdoc cref="Check(PutEventsRequest, DateTimeOffset)"/>
    public static void Check(PutUsersRequest request, ParsedSchema schema)
    {
        var faults = new List<string>(0);
        CheckCount(request.Users?.Count ?? 0, "users", faults);
        for (var i = 0; i < (request.Users?.Count ?? 0); i++)
            CheckRecord(request.Users![i].UserId, "userId", request.Users[i].Properties, schema, UserIdentity, $"users[{i}]", faults);
        Throw(faults);
    }

    /// <inheritdoc cref="Check(PutEventsRequest, DateTimeOffset)"/>
    public static void Check(PutActionsRequest request, ParsedSchema schema)
    {
        var faults = new List<string>(0);
        CheckCount(request.Actions?.Count ?? 0, "actions", faults);
        for (var i = 0; i < (request.Actions?.Count ?? 0); i++)
            CheckRecord(request.Actions![i].ActionId, "actionId", request.Actions[i].Properties, schema, ActionIdentity, $"actions[{i}]", faults);
        Throw(faults);
    }

    /// <inheritdoc cref="Check(PutEventsRequest, DateTimeOffset)"/>
    public static void Check(PutActionInteractionsRequest request, DateTimeOffset now)
    {
        var faults = new List<string>(0);
        CheckCount(request.ActionInteractions?.Count ?? 0, "actionInteractions", faults);
        for (var i = 0; i < (request.ActionInteractions?.Count ?? 0); i++)
            ActionInteractionRules.Check(request.ActionInteractions![i], $"actionInteractions[{i}]", now, faults);
        Throw(faults);
    }

    private static void CheckRecord(
        string? id, string idName, string? properties, ParsedSchema schema, string[] identity, string place, List<string> faults)
    {
        if (string.IsNullOrEmpty(id)) faults.Add($"{place}.{idName} is required.");
        CheckId(id, $"{place}.{idName}", faults);
        try
        {
            RecordProperties.Parse(schema, identity, properties);
        }
        catch (RefusedException refusal)
        {
            faults.Add($"{place}: {refusal.Message}");
        }
        catch (InvalidOperationException)
        {
            // What the JSON reader throws for half of a surrogate pair, as in "\ud800".
            faults.Add($"{place}.properties holds text that is not valid Unicode.");
        }
    }

    private static void CheckId(string? id, string name, List<string> faults)
    {
        if (id is { Length: > MaxIdLength }) faults.Add($"{name} has {id.Length} characters; at most {MaxIdLength} are allowed.");
    }

    private static void CheckCount(int count, string name, List<string> faults)
    {
        if (count is 0 or > MaxRecords) faults.Add($"{name} has {count} records; expected 1 to {MaxRecords}.");
    }

    private static void Throw(List<string> faults)
    {
        if (faults.Count > 0) throw new RefusedException(RefusalCode.InvalidInput, string.Join(' ', faults));
    }
}
