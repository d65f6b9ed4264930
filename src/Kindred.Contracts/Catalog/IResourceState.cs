namespace Kindred.Contracts.Catalog;

/// <summary>What the states of all resources have in common.</summary>
public interface IResourceState
{
    ResourceOrigin Origin { get; }
}
