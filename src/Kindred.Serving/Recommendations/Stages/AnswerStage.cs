using Kindred.Contracts.Protocol.Runtime;

namespace Kindred.Serving.Recommendations.Stages;

/// <summary>Says the places in the words of the contract.</summary>
internal static class AnswerStage
{
    public static PredictedItem[] Run(RecommendationWork work)
    {
        var query = work.Query;
        var places = work.Places;
        var items = new PredictedItem[places.Length];
        for (var i = 0; i < items.Length; i++)
        {
            var place = places[i];
            var itemId = place.Given >= 0 ? query.Given![place.Given] : work.Space.IdOf(place.Item);
            items[i] = new PredictedItem
            {
                ItemId = itemId,
                Score = place.Score,
                Metadata = query.Metadata?.Read(itemId),
                Reason = place.Reason,
                PromotionName = place.IsPromoted ? query.Promotion!.Name : null,
            };
        }
        return items;
    }
}
