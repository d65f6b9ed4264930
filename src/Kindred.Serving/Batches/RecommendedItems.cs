using System.Text.Json;
using Kindred.Contracts.Protocol.Runtime;
using Kindred.Recipes.Catalog;
using Kindred.Serving.Exploration;
using Kindred.Serving.Filters;
using Kindred.Serving.Groups;
using Kindred.Serving.Models;
using Kindred.Serving.Recommendations;

namespace Kindred.Serving.Batches;

/// <summary>Lines that ask for items: for a user, beside an item, or in an order. The answers are those of a request, by the same stages.</summary>
internal sealed class RecommendedItems(BatchTerms terms, FilterExpression? filter, OpenModel model, GroupView group, DateTimeOffset now) : BatchSubject
{
    private readonly string[] _required = [.. RequiredBy(model.Recipe)];
    private readonly ExplorationSettings _exploration = ExplorationSettings.Of(model.Recipe, terms.ItemExploration);
    private readonly bool _ranks = model.Recipe.RecipeType is RecipeTypes.PersonalizedRanking;

    public override string ListName => "recommendedItems";

    public override Action<Utf8JsonWriter> Answer(BatchLine line)
    {
        var recipe = model.Recipe;
        if ((recipe.NeedsUserId && line.UserId is null) || (recipe.NeedsItemId && line.ItemId is null) || (_ranks && line.ItemList is null))
            throw RequestRules.Invalid(Required(_required));
        var items = RecommendationPipeline.Run(QueryOf(line), model, group);
        return json => Write(items, json);
    }

    private void Write(PredictedItem[] items, Utf8JsonWriter json)
    {
        json.WriteStartArray(ListName);
        foreach (var item in items) json.WriteStringValue(item.ItemId);
        json.WriteEndArray();
        if (model.Model.HasScores) WriteScores(items, json);
        if (model.Recipe.IsV2) WriteReasons(items, json);
    }

    private RecommendationQuery QueryOf(BatchLine line) => new()
    {
        UserId = line.UserId,
        ItemId = line.ItemId,
        Given = _ranks ? line.ItemList : null,
        Context = RequestRules.ContextOf(line.Context),
        Count = terms.NumResults is > 0 and var wanted ? wanted : BatchLimits.DefaultResults,
        Exploration = _exploration,
        Influence = terms.RankingInfluence,
        Filter = Bind(line),
        KeepsScores = false,
        Now = now,
    };

    private BoundFilter? Bind(BatchLine line)
    {
        if (filter is not null) return BoundFilter.Of(filter, line.FilterValues, new RequestedSubject(line.UserId, line.ItemId));
        if (line.FilterValues is { Count: > 0 }) throw RequestRules.Invalid("filterValues is given, and the job has no filterArn.");
        return null;
    }

    private static void WriteScores(PredictedItem[] items, Utf8JsonWriter json)
    {
        json.WriteStartArray("scores");
        foreach (var item in items)
        {
            if (item.Score is { } score) json.WriteNumberValue((float)score); // nine digits say all that the model does
            else json.WriteNullValue();
        }
        json.WriteEndArray();
    }

    /// <summary>One list for each item, most of them empty.</summary>
    private static void WriteReasons(PredictedItem[] items, Utf8JsonWriter json)
    {
        json.WriteStartArray("reasons");
        foreach (var item in items)
        {
            json.WriteStartArray();
            foreach (var reason in item.Reason ?? []) json.WriteStringValue(reason);
            json.WriteEndArray();
        }
        json.WriteEndArray();
    }
}
