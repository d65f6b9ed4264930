namespace Kindred.Portal.Components.Pages.Projects;

/// <summary>What a project is for, which is chosen when it is made and stays.</summary>
/// <param name="Value">As the contract has it; null for none.</param>
/// <param name="Text">What it has, in a sentence.</param>
internal sealed record ProjectDomain(string? Value, string Name, string Text)
{
    public static IReadOnlyList<ProjectDomain> All { get; } =
    [
        new(null, "Custom", "You choose recipes, train solutions and serve them with campaigns."),
        new("ECOMMERCE", "E-commerce", 
            "Also recommenders, ready-made for a shop. Items have a price and a category; each event has its type, such as View and Purchase."),
        new("VIDEO_ON_DEMAND", "Video on demand", 
            "Also recommenders, ready-made for videos. Items have genres and a date; each event has its type, such as Watch."),
    ];

    /// <summary>A domain that is not known is called as the contract has it.</summary>
    public static string NameOf(string? value) => All.FirstOrDefault(domain => domain.Value == value)?.Name ?? value!;
}
