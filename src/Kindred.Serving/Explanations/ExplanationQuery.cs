namespace Kindred.Serving.Explanations;

/// <summary>Which recommendations are to be explained.</summary>
/// <param name="EndpointArn">Of a campaign or a recommender whose answers depend on the user.</param>
/// <param name="ItemIds">Items of the answer; those that the model does not know are left out.</param>
/// <param name="Context">As the request had it; null for none.</param>
public sealed record ExplanationQuery(
    string EndpointArn, string UserId, IReadOnlyList<string> ItemIds, IReadOnlyDictionary<string, string>? Context = null)
{
    public const int MostItems = 50;
}
