using System.Numerics.Tensors;
using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Content;
using Kindred.Recipes.Personalization.Parts;
using Kindred.Recipes.Personalization.Signals;
using Kindred.Recipes.Transformer;

namespace Kindred.Recipes.Personalization;

/// <summary>Trained members, and the popularity that they are judged against.</summary>
/// <param name="shares">Popularity.</param>
/// <param name="parts">The members with their kinds.</param>
internal sealed class Ensemble(ItemShares shares, IReadOnlyList<(PartKind Kind, IPart Part)> parts)
{
    public ItemShares Shares => shares;
    public IReadOnlyList<(PartKind Kind, IPart Part)> Parts => parts;

    /// <summary>Every signal of every member, in the order of the parts.</summary>
    public IReadOnlyList<ISignal> Signals { get; } = [.. parts.SelectMany(part => part.Part.Signals)];

    public int ItemCount => shares.ItemCount;

    /// <summary>The members that have a weight in a blend, and the places of their signals among those of all members.</summary>
    public (Ensemble Ensemble, int[] Signals) Of(Blend blend)
    {
        var (used, places, place) = (new List<(PartKind, IPart)>(), new List<int>(), 0);
        foreach (var (kind, part) in parts)
        {
            int[] own = [.. Enumerable.Range(place, part.Signals.Count)];
            place += own.Length;
            if (!own.Any(signal => blend.Signals[signal] > 0))
                continue;
            used.Add((kind, part));
            places.AddRange(own);
        }
        return (new Ensemble(shares, used), [.. places]);
    }

    /// <summary>Whether a member knows what items are.</summary>
    public bool KnowsContent => parts.Any(part => part.Part is MemberPart { Member: ContentVectors });

    /// <summary>Scores every item under a blend.</summary>
    /// <param name="history">At least one step.</param>
    /// <param name="blend">Weights of <see cref="Signals"/>.</param>
    /// <param name="scratch">Of the calling thread.</param>
    /// <param name="scores">Receives the scores, shape [items].</param>
    public void Score(in HistoryView history, Blend blend, SignalScratch scratch, Span<float> scores)
    {
        TensorPrimitives.Multiply(shares.Logs.Span, blend.Popularity, scores);
        var weights = blend.Signals.AsSpan();
        for (var i = 0; i < parts.Count; i++) // an enumerator would be allocated
        {
            var part = parts[i].Part;
            part.Add(history, weights[..part.Signals.Count], scratch, scores);
            weights = weights[part.Signals.Count..];
        }
    }

    /// <summary>Writes what each signal says about every item.</summary>
    /// <param name="history">At least one step.</param>
    /// <param name="scratch">Of the calling thread.</param>
    /// <param name="columns">Receives log-odds, shape [<see cref="Signals"/>][items].</param>
    public void ScoreEach(in HistoryView history, SignalScratch scratch, ReadOnlySpan<float[]> columns)
    {
        for (var i = 0; i < parts.Count; i++)
        {
            var part = parts[i].Part;
            var own = columns[..part.Signals.Count];
            foreach (var column in own)
                column.AsSpan().Clear();
            part.AddEach(history, scratch, own);
            columns = columns[own.Length..];
        }
    }

    /// <summary>Scores every item for somebody who has done nothing yet.</summary>
    /// <param name="query">For whom; the history is not looked at.</param>
    /// <param name="scores">Receives the scores, shape [items]; undefined when the answer is <see langword="false"/>.</param>
    /// <returns>Whether a member knows enough of the user.</returns>
    public bool TryScoreNewcomer(in ScoreQuery query, Span<float> scores)
    {
        if (Transformer is not { } transformer || !KnowsNewcomer(query.User))
            return false;
        transformer.Score(new ScoreQuery { User = query.User, Context = query.Context }, scores);
        return true;
    }

    /// <summary>Columns of contexts that a member looks at.</summary>
    public IReadOnlyList<string> ContextColumns => Transformer?.ContextColumns ?? [];

    /// <summary>Whether a member knows enough of a user to say more than popularity does.</summary>
    public bool KnowsNewcomer(ReadOnlySpan<byte> user) => Transformer is not null && Transformer.Knows(new ScoreQuery { User = user });

    /// <summary>The one member that knows more of a user than a history; null = none does.</summary>
    private SequenceTransformer? Transformer { get; } =
        parts.Select(part => part.Part).OfType<MemberPart>().Select(part => part.Member).OfType<SequenceTransformer>().FirstOrDefault();

    public void Write(ArtifactWriter writer)
    {
        writer.Strings("parts", parts.Select(part => part.Kind.Key));
        foreach (var (kind, part) in parts)
            part.Write(writer, $"part.{kind.Key}");
    }

    public static Ensemble Read(ModelArtifact artifact, ReadOnlyMemory<float> logShares)
    {
        var shares = new ItemShares(logShares);
        return new Ensemble(shares,
        [
            .. artifact.Strings("parts").Select(key => KnownParts.All.FirstOrDefault(kind => kind.Key == key)
                ?? throw new ModelArtifactException($"The model artifact has a member '{key}' that this version does not know."))
                .Select(kind => (kind, kind.Read(artifact, $"part.{kind.Key}", shares))),
        ]);
    }
}
