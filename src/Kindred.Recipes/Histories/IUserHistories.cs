using Kindred.Files;

namespace Kindred.Recipes.Histories;

/// <summary>What each known user did, in the codes of one model. Safe for concurrent callers.</summary>
public interface IUserHistories
{
    /// <summary>The users; their index is the user code of the other members.</summary>
    IdTable Users { get; }

    /// <summary>Number of events of a user.</summary>
    int LengthOf(int user);

    /// <summary>Copies all events of a user, oldest first.</summary>
    /// <param name="user">Index into <see cref="Users"/>.</param>
    /// <param name="history">Shape [LengthOf(user)].</param>
    void Copy(int user, Span<HistoryEvent> history);
}
