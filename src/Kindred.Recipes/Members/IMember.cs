using Kindred.Recipes.Artifacts;

namespace Kindred.Recipes.Members;

/// <summary>One way of scoring all items for a history: a recipe of its own, and a member of the ensemble.</summary>
/// <remarks>A type that implements it also has <c>static Read(ModelArtifact artifact, string prefix)</c>, the inverse of <see cref="Write"/>.</remarks>
internal interface IMember
{
    int ItemCount { get; }

    /// <summary>Scores every item. Safe for any number of concurrent callers; allocates nothing once warm.</summary>
    /// <param name="history">What the user did, oldest first; unknown items (a code outside 0..ItemCount-1) are ignored. May be empty.</param>
    /// <param name="scores">Receives a finite score per item on the member's own scale, higher = more likely, shape [ItemCount].</param>
    void Score(ReadOnlySpan<HistoryEvent> history, Span<float> scores);

    /// <summary>The member's code of a user that it knows something of beyond the history; -1 = nobody it knows.</summary>
    int FindUser(ReadOnlySpan<byte> id) => -1;

    /// <summary>As <see cref="Score(ReadOnlySpan{HistoryEvent}, Span{float})"/>, for a user that <see cref="FindUser"/> found, or -1.</summary>
    void Score(int user, ReadOnlySpan<HistoryEvent> history, Span<float> scores) => Score(history, scores);

    /// <summary>As <see cref="Score(int, ReadOnlySpan{HistoryEvent}, Span{float})"/>, in the context of a request, whose texts are looked up; null = nothing is known of it.</summary>
    void Score(int user, ReadOnlySpan<HistoryEvent> history, EventContext? context, Span<float> scores) => Score(user, history, scores);

    /// <summary>Adds the member's tensors and facts, each name beginning with <paramref name="prefix"/>.</summary>
    void Write(ArtifactWriter writer, string prefix);
}
