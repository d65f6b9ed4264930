using Kindred.Files;
using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Interactions;

namespace Kindred.Recipes.Histories;

/// <summary>The histories of a log, for a model that was trained on it.</summary>
public sealed class LogHistories(InteractionLog log) : IUserHistories
{
    public IdTable Users => log.UserIds;

    public int LengthOf(int user) => log.InteractionsOf(user);

    public void Copy(int user, Span<HistoryEvent> history) => log.CopyHistory(log.UserStarts[user], history);

    /// <summary>Adds the histories to an artifact, 14 bytes per interaction; <see cref="ArtifactHistories"/> reads them.</summary>
    public void Write(ArtifactWriter writer, string prefix) => writer
        .Ids($"{prefix}.users", log.UserIds)
        .Tensor($"{prefix}.starts", log.UserStartColumn)
        .Tensor($"{prefix}.items", log.ItemColumn)
        .Tensor($"{prefix}.times", log.TimestampColumn)
        .Tensor($"{prefix}.types", log.EventTypeColumn);
}
