namespace Kindred.Recipes.Interactions;

/// <summary>A column of context of a batch of interactions.</summary>
/// <param name="Column">What <see cref="InteractionLogBuilder.AddContext"/> gave.</param>
/// <param name="Texts">A value per interaction of the batch, perhaps with more behind them; null = none.</param>
public readonly record struct ContextBatch(int Column, string?[] Texts);
