using System.Text.Json;
using Kindred.Contracts.Refusals;
using Kindred.Recipes.Segmentation;
using Kindred.Serving.Filters;
using Kindred.Serving.Groups;
using Kindred.Serving.Histories;
using Kindred.Serving.Models;
using Kindred.Serving.Recommendations;

namespace Kindred.Serving.Batches;

/// <summary>Lines that ask for users: those most likely to choose an item, or items of given attributes.</summary>
internal sealed class RecommendedUsers(BatchTerms terms, FilterExpression? filter, OpenModel model, GroupView group) : BatchSubject
{
    private readonly IUserSegmentation _users = (IUserSegmentation)model.Model;

    public override string ListName => "recommendedUsers";

    private bool IsByAttributes => model.Recipe.NeedsItems;

    private int Wanted => Math.Min(terms.NumResults is > 0 and var wanted ? wanted : BatchLimits.DefaultResults, _users.Users.Count);

    public override IBatchAnswer Answer(BatchLine line)
    {
        if ((IsByAttributes ? line.ItemAttributes : line.ItemId) is null)
            throw RequestRules.Invalid(Required(IsByAttributes ? "itemAttributes" : "itemId"));
        var selection = Bind(line);
        // Whom a filter lets through shows only as the users come, best first.
        return new Users(selection is null ? First(line) : [.. Among(line, _users.Users.Count).Where(selection.Admits).Take(Wanted)], ListName);
    }

    private List<string> First(BatchLine line)
    {
        var users = Among(line, Wanted).ToList();
        // Users of the model are seldom gone; where one is, others take their places.
        return users.Count == Wanted ? users : [.. Among(line, _users.Users.Count).Take(Wanted)];
    }

    /// <summary>
    /// The best of the model's users, those left out who are in the data no more: a model that was trained before users were deleted still
    /// holds them.
    /// </summary>
    private IEnumerable<string> Among(BatchLine line, int most)
    {
        var best = new int[most];
        best = best[..Rank(line, best)];
        return best.Select(user => _users.Users[user]).Where(IsInData);
    }

    private bool IsInData(string user) => UserHistories.HasEvents(group, user) || group.Users.TryGet(user, out _);

    private int Rank(BatchLine line, Span<int> best)
    {
        if (!IsByAttributes)
        {
            var item = model.FindItem(line.ItemId!);
            return item >= 0 ? _users.RankUsers(item, best) : throw RequestRules.Invalid(
                $"The item '{line.ItemId}' is not known to the solution version: nobody had interacted with it when it was trained.");
        }
        try
        {
            return _users.RankUsers(ItemAttributeQuery.Parse(line.ItemAttributes!), best);
        }
        catch (FormatException wrong)
        {
            throw new RefusedException(wrong.Message, wrong);
        }
    }

    private UserSelection? Bind(BatchLine line)
    {
        if (filter is not null) return UserSelection.Of(filter, line.FilterValues, line.ItemId, group);
        if (line.FilterValues is { Count: > 0 }) throw RequestRules.Invalid("filterValues is given, and the job has no filterArn.");
        return null;
    }

    private sealed class Users(IEnumerable<string> users, string listName) : IBatchAnswer
    {
        public void Write(Utf8JsonWriter json)
        {
            json.WriteStartArray(listName);
            foreach (var user in users) json.WriteStringValue(user);
            json.WriteEndArray();
        }

        public void Dispose() { }
    }
}
