namespace Kindred.Portal.Tests.Browsers;

/// <summary>How a tab is opened.</summary>
public sealed record TabOptions
{
    public int Width { get; init; } = 1440;
    public bool Dark { get; init; }
}
