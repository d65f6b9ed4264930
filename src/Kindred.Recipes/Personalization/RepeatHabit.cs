using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Interactions;

namespace Kindred.Recipes.Personalization;

/// <summary>
/// How likely what comes next is one particular item met before, by how long ago that was, how often, and what was done with it; and which
/// items are met again more than others: milk is, a film is not. Counted over the newest interactions of all users, or their newest baskets.
/// </summary>
internal sealed class RepeatHabit
{
    private const int AgeBuckets = 10;
    private const int CountBuckets = 4;
    private const int HistoryBuckets = 4; // of baskets
    private const int StepsLength = AgeBuckets * CountBuckets;
    private const int BasketsLength = StepsLength * HistoryBuckets;
    private const int PositionsPerUser = 20;
    private const int MostTypes = 16; // beyond, types share the habit of all
    private const long MaxVisits = 40_000_000;

    /// <summary>Chances that a bucket must have had before it speaks for itself.</summary>
    private const double Doubt = 20;

    /// <summary>
    /// Repeats that an item must be expected to have before it speaks for itself. With 3, as accurate on Ta-Feng, twice as many films that were
    /// bought once come back among groceries.
    /// </summary>
    private const double ItemDoubt = 1;

    private readonly float[] _logHazards;
    private readonly float[] _byType;
    private readonly ReadOnlyMemory<float> _byItem;

    private RepeatHabit(float[] logHazards, float[] byType, ReadOnlyMemory<float> byItem) =>
        (_logHazards, _byType, _byItem) = (logHazards, byType, byItem);

    /// <summary>Whether what comes next is a basket rather than an item.</summary>
    public bool IsOfBaskets => _logHazards.Length == BasketsLength;

    /// <summary>Log of the probability that what comes next is, or holds, one particular item met before.</summary>
    /// <param name="meeting">How it was met.</param>
    /// <param name="baskets">Baskets of the history.</param>
    public float LogHazard(Meeting meeting, int baskets)
    {
        var (bucket, type) = (Bucket(meeting, baskets), _logHazards.Length * (meeting.Type + 1));
        return type >= 0 && type < _byType.Length ? _byType[type + bucket] : _logHazards[bucket];
    }

    /// <summary>Log of how much more often the item is met again than others that were met in the same way; 0 = as often, or unknown.</summary>
    public float LogFactor(int item) => item < _byItem.Length ? _byItem.Span[item] : 0;

    /// <param name="log">The interactions.</param>
    /// <param name="byBasket">Whether they come in <see cref="Baskets"/>.</param>
    public static RepeatHabit Count(InteractionLog log, bool byBasket)
    {
        var length = byBasket ? BasketsLength : StepsLength;
        var types = log.EventTypes.Count == 0 ? 0 : Math.Min(MostTypes, log.EventTypes.Count + 1);
        var (hits, chances) = (new double[length], new double[length]);
        var (typeHits, typeChances) = (new double[types * length], new double[types * length]);
        Walk(log, byBasket, (meeting, baskets, _, isHit) =>
        {
            var (bucket, type) = (BucketOf(meeting, baskets, length), length * (meeting.Type + 1));
            (hits[bucket], chances[bucket]) = (hits[bucket] + (isHit ? 1 : 0), chances[bucket] + 1);
            if (type < typeHits.Length)
                (typeHits[type + bucket], typeChances[type + bucket]) = (typeHits[type + bucket] + (isHit ? 1 : 0), typeChances[type + bucket] + 1);
        });
        // A bucket that was hardly seen is taken for half as bold as all buckets together, and one of a type for as bold as that of all types.
        var overall = (hits.Sum() + 0.01) / (chances.Sum() + 10.0) / 2;
        double[] hazards = [.. hits.Select((hit, bucket) => (hit + Doubt * overall) / (chances[bucket] + Doubt))];
        float[] byType = [.. typeHits.Select((hit, i) => (float)Math.Log((hit + Doubt * hazards[i % length]) / (typeChances[i] + Doubt)))];
        var habit = new RepeatHabit([.. hazards.Select(hazard => (float)Math.Log(hazard))], byType, default);
        return hits.Sum() > 0 ? new RepeatHabit(habit._logHazards, byType, Factors(log, byBasket, habit)) : habit;
    }

    public void Write(ArtifactWriter writer, string prefix)
    {
        writer.Tensor<float>($"{prefix}.log_hazards", _logHazards);
        if (_byType.Length > 0)
            writer.Tensor<float>($"{prefix}.type_log_hazards", _byType, _logHazards.Length);
        if (_byItem.Length > 0)
            writer.Tensor($"{prefix}.item_log_factors", _byItem);
    }

    /// <exception cref="ModelArtifactException">Missing or of another size.</exception>
    public static RepeatHabit Read(ModelArtifact artifact, string prefix, int itemCount)
    {
        var hazards = artifact.Tensor<float>($"{prefix}.log_hazards").ToArray();
        if (hazards.Length is not (StepsLength or BasketsLength))
            throw new ModelArtifactException(
                $"The model artifact has {hazards.Length} repeat habits; {StepsLength} or {BasketsLength} were expected.");
        // Models that were written before habits differed by type and by item have neither.
        float[] byType = artifact.Has($"{prefix}.type_log_hazards") ? artifact.Tensor<float>($"{prefix}.type_log_hazards").ToArray() : [];
        var byItem = artifact.Has($"{prefix}.item_log_factors") ? artifact.Tensor<float>($"{prefix}.item_log_factors") : default;
        return byType.Length % hazards.Length == 0 && (byItem.IsEmpty || byItem.Length == itemCount)
            ? new RepeatHabit(hazards, byType, byItem)
            : throw new ModelArtifactException("The repeat habits of the model artifact do not fit its event types and items.");
    }

    private static float[] Factors(InteractionLog log, bool byBasket, RepeatHabit habit)
    {
        var (repeats, expected) = (new double[log.ItemIds.Count], new double[log.ItemIds.Count]);
        Walk(log, byBasket, (meeting, baskets, item, isHit) =>
        {
            repeats[item] += isHit ? 1 : 0;
            expected[item] += Math.Exp(habit.LogHazard(meeting, baskets));
        });
        return [.. repeats.Select((count, item) => (float)Math.Log((count + ItemDoubt) / (expected[item] + ItemDoubt)))];
    }

    /// <summary>Visits every item met before each of the newest positions of every user, and whether it was met again there.</summary>
    private static void Walk(InteractionLog log, bool byBasket, Action<Meeting, int, int, bool> visit)
    {
        var (met, next, visits) = (new MetItems(log.ItemIds.Count), new HashSet<int>(), 0L);
        for (var user = 0; user < log.UserIds.Count && visits < MaxVisits; user++)
        {
            var start = log.UserStarts[user];
            var end = log.UserStarts[user + 1];
            for (var position = 0; position < PositionsPerUser && end > start && visits < MaxVisits; position++)
            {
                var from = byBasket ? Baskets.StartOf(log, user, end) : end - 1;
                if (from == start)
                    break;
                met.Look(log, start, from, byBasket);
                visits += from - start;
                next.Clear();
                for (var i = from; i < end; i++)
                {
                    if (log.WeightOf(i) > 0)
                        next.Add(log.Items[i]);
                }
                end = from;
                for (var place = 0; place < met.Items.Length && next.Count > 0; place++)
                    visit(met.Meetings[place], met.Baskets, met.Items[place], next.Contains(met.Items[place]));
            }
        }
    }

    private int Bucket(Meeting meeting, int baskets) => BucketOf(meeting, baskets, _logHazards.Length);

    private static int BucketOf(Meeting meeting, int baskets, int length)
    {
        var age = meeting.Age < 4 ? meeting.Age : Math.Min(AgeBuckets - 1, 2 + int.Log2(meeting.Age));
        var count = meeting.Count < 3 ? meeting.Count - 1 : meeting.Count < 6 ? 2 : 3;
        var history = length == BasketsLength ? Math.Min(HistoryBuckets - 1, int.Log2(Math.Max(1, baskets))) : 0;
        return (history * AgeBuckets + age) * CountBuckets + count;
    }
}
