using Kindred.Recipes.Members;
using Kindred.Recipes.Personalization.Parts;
using Kindred.Recipes.Training;
using Kindred.Recipes.Tuning;

namespace Kindred.Recipes.Personalization;

/// <summary>Trains the members of an ensemble.</summary>
internal static class EnsembleTraining
{
    /// <summary>The members that take part: switched on, reasonable for the data, and counted when it must be quick.</summary>
    public static IReadOnlyList<PartKind> Eligible(TrainingSet data, EnsembleOptions options, TrainingEffort effort)
    {
        var shape = DataShape.Of(data);
        return
        [
            .. KnownParts.All.Where(kind =>
                !options.Without.Contains(kind.Key) && (effort is TrainingEffort.Full || kind.IsCounted) && kind.IsAffordable(shape)),
        ];
    }

    /// <summary>Trains members on all of the data; those that are trained only once are taken over.</summary>
    /// <param name="data">The data.</param>
    /// <param name="kinds">The members.</param>
    /// <param name="options">Hyperparameters.</param>
    /// <param name="run">Seed, threads, effort, checkpoints, progress and cancellation.</param>
    /// <param name="trained">Where to take them from; null = there is nothing to take over.</param>
    /// <param name="codes">When <paramref name="trained"/> is of older data: its codes. Nothing is taken over as it is then, but learned on.</param>
    public static Ensemble Train(
        TrainingSet data, IReadOnlyList<PartKind> kinds, EnsembleOptions options, TrainingRun run, Ensemble? trained = null, CodeMap? codes = null)
    {
        var shares = new ItemShares(ItemPopularity.LogShares(ItemPopularity.CountUsers(data.Interactions)));
        var (parts, total, done) = (new List<(PartKind, IPart)>(), kinds.Sum(kind => kind.Effort), 0.0);
        foreach (var kind in kinds)
        {
            var part = run.Part(done / total, (done += kind.Effort) / total);
            part.Report(0, kind.Name);
            var before = trained?.Parts.FirstOrDefault(other => other.Kind == kind).Part;
            if (kind.IsTrainedOnce && before is not null && codes is null)
                parts.Add((kind, before.With(shares)));
            else if (kind.Train(new PartTraining(data, shares, options, part, before) { Codes = codes }) is { } fresh)
                parts.Add((kind, fresh));
        }
        return new Ensemble(shares, parts);
    }
}
