namespace Kindred.Lab.Files;

/// <summary>Paths of the datasets.</summary>
/// <param name="Interactions">The interactions dataset.</param>
/// <param name="Items">The items dataset, or null.</param>
/// <param name="Users">The users dataset, or null.</param>
internal sealed record DatasetPaths(string Interactions, string? Items, string? Users);
