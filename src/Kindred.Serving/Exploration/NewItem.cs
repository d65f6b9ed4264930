namespace Kindred.Serving.Exploration;

/// <summary>An item that the catalogue has and the model has not met.</summary>
/// <param name="Item">Its place in the space it belongs to.</param>
/// <param name="ItemId">Its id.</param>
/// <param name="CreatedAt">CREATION_TIMESTAMP in epoch seconds; <see cref="long.MaxValue"/> when unknown, which counts as new.</param>
/// <param name="Categories">Codes of its categorical values in the <see cref="NewItems"/> it belongs to, distinct.</param>
internal sealed record NewItem(int Item, string ItemId, long CreatedAt, int[] Categories);
