using Kindred.Recipes.Members;

namespace Kindred.Recipes.Tests.Data;

internal static class MemberScores
{
    /// <summary>Scores for a history of which nothing else is known.</summary>
    public static void Score(this IMember member, ReadOnlySpan<HistoryEvent> history, Span<float> scores) =>
        member.Score(new ScoreQuery { History = history }, scores);
}
