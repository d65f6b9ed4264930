using Kindred.Files;

namespace Kindred.Lab.Files;

/// <summary>Lists of items to rank, one row per user and item.</summary>
/// <param name="Users">The users, in the order of their first row.</param>
/// <param name="Items">All items that occur.</param>
/// <param name="Lists">Per user the codes of their items, in the order of the file, each once.</param>
internal sealed record CandidateLists(IdTable Users, IdTable Items, IReadOnlyList<List<int>> Lists);
