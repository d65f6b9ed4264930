namespace Kindred.Serving.Exploration;

/// <summary>An item that the catalogue has and the model does not.</summary>
/// <param name="CreatedAt">CREATION_TIMESTAMP in epoch seconds; <see cref="long.MaxValue"/> when unknown, which counts as new.</param>
/// <param name="Categories">Codes of its categorical values in the <see cref="NewItems"/> it belongs to, distinct.</param>
internal sealed record NewItem(string ItemId, long CreatedAt, int[] Categories);
