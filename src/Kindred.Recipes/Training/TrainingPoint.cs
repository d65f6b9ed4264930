namespace Kindred.Recipes.Training;

/// <summary>How good a model in training is after an epoch, on users who are held out to watch it.</summary>
/// <param name="Epoch">Passes over the data so far, 1 to <paramref name="Epochs"/>.</param>
/// <param name="Epochs">Passes that there will be.</param>
/// <param name="Ndcg">NDCG@10, 0..1.</param>
/// <param name="PopularityNdcg">What popularity alone reaches with the same users: the line to beat.</param>
public readonly record struct TrainingPoint(int Epoch, int Epochs, double Ndcg, double PopularityNdcg);
