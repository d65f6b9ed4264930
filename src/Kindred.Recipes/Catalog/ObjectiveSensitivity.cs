namespace Kindred.Recipes.Catalog;

/// <summary>How much an objective counts.</summary>
public enum ObjectiveSensitivity
{
    Low = 1,
    Medium = 2,
    High = 3,
}
