using Kindred.Recipes.Interactions;

namespace Kindred.Recipes.Segmentation;

/// <summary>
/// The split that segments are measured by: of each user with at least two interactions the oldest 80 % train, the newest 20 % are the
/// truth.
/// </summary>
internal sealed class SegmentSplit
{
    private const double TruthShare = 0.2;
    private readonly int[] _truthStarts;

    private SegmentSplit(InteractionLog log, int[] truthStarts, InteractionLog training) =>
        (Log, _truthStarts, Training) = (log, truthStarts, training);

    public InteractionLog Log { get; }
    public InteractionLog Training { get; }

    public static SegmentSplit Of(InteractionLog log)
    {
        var (keep, truthStarts) = (new bool[log.Count], new int[log.UserIds.Count]);
        for (var user = 0; user < truthStarts.Length; user++)
        {
            var count = log.InteractionsOf(user);
            var truth = count < 2 ? 0 : Math.Max(1, (int)Math.Round(TruthShare * count, MidpointRounding.AwayFromZero));
            truthStarts[user] = log.UserStarts[user + 1] - truth;
            keep.AsSpan(log.UserStarts[user]..truthStarts[user]).Fill(true);
        }
        return new SegmentSplit(log, truthStarts, log.Where(keep));
    }

    /// <summary>What a user did in the newest 20 %.</summary>
    public ReadOnlySpan<int> TruthOf(int user) => Log.Items[_truthStarts[user]..Log.UserStarts[user + 1]];
}
