using System.Text.Json;
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

    public override IBatchAnswer Answer(BatchLine line)
    {
        var recipe = model.Recipe;
        if ((recipe.NeedsUserId && line.UserId is null) || (recipe.NeedsItemId && line.ItemId is null) || (_ranks && line.ItemList is null))
            throw RequestRules.Invalid(Required(_required));
        return new Items(RecommendationPipeline.Compute(QueryOf(line), model, group), ListName);
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

    /// <summary>Writes places as they stand in the working set: a batch has no time to make records and strings of them.</summary>
    private sealed class Items(RecommendationWork work, string listName) : IBatchAnswer
    {
        public void Write(Utf8JsonWriter json)
        {
            json.WriteStartArray(listName);
            foreach (var place in work.Places) WriteId(place, json);
            json.WriteEndArray();
            if (work.Model.Model.HasScores) WriteScores(json);
            if (work.Model.Recipe.IsV2) WriteReasons(json);
        }

        public void Dispose() => work.Dispose();

        private void WriteId(Place place, Utf8JsonWriter json)
        {
            if (place.Given >= 0) json.WriteStringValue(work.Query.Given![place.Given]);
            else if (place.Item < work.Space.ModelItems) json.WriteStringValue(work.Space.IdUtf8Of(place.Item));
            else json.WriteStringValue(work.Space.IdOf(place.Item));
        }

        private void WriteScores(Utf8JsonWriter json)
        {
            json.WriteStartArray("scores");
            foreach (var place in work.Places)
            {
                if (place.Score is { } score) json.WriteNumberValue((float)score); // nine digits say all that the model does
                else json.WriteNullValue();
            }
            json.WriteEndArray();
        }

        /// <summary>One list for each item, most of them empty.</summary>
        private void WriteReasons(Utf8JsonWriter json)
        {
            json.WriteStartArray("reasons");
            foreach (var place in work.Places)
            {
                json.WriteStartArray();
                foreach (var reason in place.Reason ?? []) json.WriteStringValue(reason);
                json.WriteEndArray();
            }
            json.WriteEndArray();
        }
    }
}
