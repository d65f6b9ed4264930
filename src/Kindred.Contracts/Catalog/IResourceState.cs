using Kindred.Contracts.Arns;

namespace Kindred.Contracts.Catalog;

/// <summary>What the states of all resources have in common.</summary>
public interface IResourceState
{
    /// <summary>The resource's name, and the key of its grain.</summary>
    Arn Arn { get; }

    /// <summary>One of <see cref="ResourceStatus"/>.</summary>
    string Status { get; }

    ResourceOrigin Origin { get; }
}

/// <summary>The state of one kind of resource, which says itself what kind that is.</summary>
public interface IResourceState<TSelf> : IResourceState
    where TSelf : class, IResourceState<TSelf>
{
    static abstract ResourceKind<TSelf> Kind { get; }

    TSelf WithOrigin(ResourceOrigin origin);
}
