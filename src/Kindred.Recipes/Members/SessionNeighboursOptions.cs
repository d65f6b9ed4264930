using Kindred.Recipes.Artifacts;

namespace Kindred.Recipes.Members;

/// <summary>How sessions are compared.</summary>
/// <param name="Neighbours">Most similar sessions whose items are counted.</param>
/// <param name="SessionsPerItem">Newest sessions of an item that are looked at.</param>
/// <param name="Steps">Newest steps of the history that are compared, at most <see cref="MaxSteps"/>.</param>
/// <param name="Decay">Weight of a step relative to the next newer one.</param>
/// <param name="LengthPower">Divides by the length of a session to this power.</param>
/// <param name="RarityPower">Power of log(sessions / sessions with the item) that a shared item counts.</param>
/// <param name="DistancePower">An item that is d places from the matched one counts d^-DistancePower.</param>
/// <param name="Backward">What an item before the matched one counts, relative to one behind it.</param>
/// <param name="MaxItemsPerSession">Longer sessions are cut.</param>
internal sealed record SessionNeighboursOptions(
    int Neighbours = 500, int SessionsPerItem = 1000, int Steps = 100, double Decay = 0.95, double LengthPower = 0,
    double RarityPower = 1, double DistancePower = 0.7, double Backward = 1, int MaxItemsPerSession = 50)
{
    public const int MaxSteps = 100;

    private const int Count = 9;

    public double[] ToTensor() =>
        [Neighbours, SessionsPerItem, Steps, Decay, LengthPower, RarityPower, DistancePower, Backward, MaxItemsPerSession];

    /// <exception cref="ModelArtifactException">These are not the options of session neighbours.</exception>
    public static SessionNeighboursOptions FromTensor(ReadOnlySpan<double> values) =>
        values.Length == Count && values[0] is >= 1 and <= 100_000 && values[2] is >= 1 and <= MaxSteps && values[8] is >= 2 and <= 1_000_000
            ? new((int)values[0], (int)values[1], (int)values[2], values[3], values[4], values[5], values[6], values[7], (int)values[8])
            : throw new ModelArtifactException(
                $"The model artifact has {values.Length} options of session neighbours that do not fit; {Count} were expected.");
}
