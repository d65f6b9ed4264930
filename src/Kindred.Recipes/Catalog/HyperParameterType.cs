namespace Kindred.Recipes.Catalog;

/// <summary>What a hyperparameter's text means.</summary>
public enum HyperParameterType
{
    Integer,
    Float,
    Boolean,
    Category,
}
