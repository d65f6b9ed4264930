using Kindred.Recipes.Interactions;

namespace Kindred.Recipes.Transformer;

/// <summary>
/// Which windows train, and in what order. Long histories are cut backward from the end into windows, at another place in every epoch, so
/// that each step meets contexts of many lengths.
/// </summary>
internal sealed class EpochPlan
{
    private readonly int[] _targets; // of each user
    private readonly TransformerOptions _options;
    private readonly int _seed;

    /// <param name="log">Interactions.</param>
    /// <param name="isHeldOut">Users whose last step does not train.</param>
    /// <param name="options">Length of the windows.</param>
    /// <param name="seed">Seed of the training.</param>
    public EpochPlan(InteractionLog log, IReadOnlySet<int> isHeldOut, TransformerOptions options, int seed)
    {
        (_options, _seed) = (options, seed);
        _targets = new int[log.UserIds.Count];
        for (var user = 0; user < _targets.Length; user++)
        {
            _targets[user] = Math.Max(0, StepBuffer.CountOf(log, user) - 1 - (isHeldOut.Contains(user) ? 1 : 0));
            Tokens += options.TrainsOnWholeHistory ? _targets[user] : Math.Min(_targets[user], options.MaxLength);
        }
    }

    /// <summary>Positions that train in an epoch.</summary>
    public long Tokens { get; }

    /// <summary>Steps of a user that may train, the last target included.</summary>
    public int StepsOf(int user) => _targets[user] + 1;

    public TrainingWindow[] Of(int epoch)
    {
        var random = SplitMix.At(_seed, epoch, RandomParts.Plan);
        var windows = new List<TrainingWindow>(_targets.Length);
        for (var user = 0; user < _targets.Length; user++)
            Cut(user, ref random, windows);
        var plan = windows.ToArray();
        random.Shuffle(plan.AsSpan());
        return plan;
    }

    private void Cut(int user, ref SplitMix random, List<TrainingWindow> windows)
    {
        var (end, most) = (_targets[user], _options.MaxLength);
        if (end == 0)
            return;
        if (end <= most || !_options.TrainsOnWholeHistory)
        {
            windows.Add(new TrainingWindow(user, Math.Max(0, end - most), Math.Min(end, most)));
            return;
        }
        for (var length = most - random.Next(most / 2); end > 0; length = most)
        {
            length = Math.Min(length, end);
            windows.Add(new TrainingWindow(user, end - length, length));
            end -= length;
        }
    }
}
