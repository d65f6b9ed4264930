namespace Kindred.Recipes;

/// <summary>One thing a user did, in the codes of one model.</summary>
/// <param name="Item">Index into <see cref="ITrainedModel.Items"/>; a negative index is an item the model does not know and is ignored.</param>
/// <param name="EventType">Index into <see cref="ITrainedModel.EventTypes"/>; -1 when the type is absent or unknown to the model.</param>
/// <param name="Timestamp">When it happened, in epoch seconds.</param>
public readonly record struct HistoryEvent(int Item, int EventType, long Timestamp);
