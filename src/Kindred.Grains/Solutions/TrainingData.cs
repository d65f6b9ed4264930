using Kindred.Recipes.Training;

namespace Kindred.Grains.Solutions;

/// <summary>What one solution version trains on.</summary>
/// <param name="Set">All of it, in memory.</param>
/// <param name="LastImportJobArn">The newest import of interactions that is in it; null when there was none.</param>
/// <param name="LastItemsImportJobArn">The newest import of items that is in it; null when there was none.</param>
/// <param name="EventsThrough">Streamed events below this log position are in it.</param>
/// <param name="Deletions">Data deletions of the group's datasets that it has heard of: data of fewer are not to be trained on any more.</param>
internal sealed record TrainingData(
    TrainingSet Set, string? LastImportJobArn, string? LastItemsImportJobArn, long EventsThrough, long Deletions);
