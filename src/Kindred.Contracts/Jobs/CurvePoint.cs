namespace Kindred.Contracts.Jobs;

/// <summary>One point of a learning curve: how good a model in training is after an epoch, on users who are held out to watch it.</summary>
/// <param name="Epoch">Passes over the data so far, 1 to <paramref name="Epochs"/>.</param>
/// <param name="Epochs">Passes that there will be.</param>
/// <param name="Ndcg">NDCG@10, 0..1.</param>
/// <param name="PopularityNdcg">What popularity alone reaches with the same users.</param>
[GenerateSerializer, Immutable, Alias("Kindred.CurvePoint")]
public sealed record CurvePoint(
    [property: Id(0)] int Epoch,
    [property: Id(1)] int Epochs,
    [property: Id(2)] double Ndcg,
    [property: Id(3)] double PopularityNdcg);
