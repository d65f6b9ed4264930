using System.Text.Json.Nodes;
using Kindred.Client;

namespace Kindred.Demo;

/// <summary>Removes what earlier demos left, whole or half made, so that a demo can always start afresh on the same data folder.</summary>
internal sealed class DemoCleanup(ApiClient api)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);

    public async Task RunAsync(CancellationToken stop)
    {
        // Users before what they use: a campaign holds its solution, a solution its group, a dataset its schema.
        await DeleteAllAsync("Campaign", "campaigns", stop);
        await DeleteAllAsync("Solution", "solutions", stop);
        await DeleteAllAsync("EventTracker", "eventTrackers", stop);
        await DeleteAllAsync("Dataset", "datasets", stop);
        await DeleteAllAsync("DatasetGroup", "datasetGroups", stop);
        await DeleteAllAsync("Schema", "schemas", stop);
    }

    private async Task DeleteAllAsync(string kind, string listMember, CancellationToken stop)
    {
        var arnMember = $"{char.ToLowerInvariant(kind[0])}{kind[1..]}Arn";
        foreach (var resource in await ListOursAsync(kind, listMember, stop))
        {
            var arn = (string)resource[arnMember]!;
            await DeleteAsync(kind, arnMember, arn, stop);
        }

        while ((await ListOursAsync(kind, listMember, stop)).Count > 0) await Task.Delay(PollInterval, stop);
    }

    private async Task DeleteAsync(string kind, string arnMember, string arn, CancellationToken stop)
    {
        while (true)
        {
            try
            {
                await api.CallAsync($"Delete{kind}", new JsonObject { [arnMember] = arn }, stop);
                return;
            }
            catch (ServiceException refused) when (refused.Code == "ResourceInUseException")
            {
                // A job of an interrupted demo has resumed and still uses it; it ends by itself.
                await Task.Delay(PollInterval, stop);
            }
            catch (ServiceException gone) when (gone.Code == "ResourceNotFoundException")
            {
                return;
            }
        }
    }

    private async Task<List<JsonObject>> ListOursAsync(string kind, string listMember, CancellationToken stop)
    {
        var (found, token) = (new List<JsonObject>(), (string?)null);
        do
        {
            var page = await api.CallAsync($"List{kind}s", new() { ["maxResults"] = 100, ["nextToken"] = token }, stop);
            found.AddRange(page[listMember]!.AsArray().Select(r => r!.AsObject()).Where(IsOurs));
            token = (string?)page["nextToken"];
        }
        while (token is not null);
        return found;
    }

    private static bool IsOurs(JsonObject resource) =>
        ((string?)resource["name"])?.StartsWith(DemoResources.NamePrefix, StringComparison.Ordinal) is true;
}
