namespace Kindred.Portal.Tests.Browsers;

/// <summary>How a tab is opened.</summary>
public sealed record TabOptions
{
    public int Width { get; init; } = 1440;
    public bool Dark { get; init; }
    /// <summary>The checks of axe are put into the page as an inline script, which the policy would refuse.</summary>
    public bool WithoutPolicy { get; init; }
}
