namespace Kindred.Demo;

/// <summary>What a demo shows.</summary>
/// <param name="Folder">The user's own files; null for the made-up shop.</param>
/// <param name="Seed">Which shop to make.</param>
public sealed record DemoOptions(string? Folder, int Seed);
