using Kindred.Contracts.Arns;

namespace Kindred.Storage.Artifacts;

/// <summary>The resource that an artifact was made for; its state decides whether the artifact is still needed.</summary>
/// <param name="Type">One of <see cref="ResourceTypes"/>: a dataset group, a solution or a recommender.</param>
/// <param name="Account">12 digits.</param>
/// <param name="Name">The resource's name.</param>
public sealed record ArtifactOwner(string Type, string Account, string Name)
{
    public static ArtifactOwner Of(Arn resource) => new(resource.Type, resource.Account, resource.Parent);

    /// <returns>The owner of the artifact of that name; null for a name of another form, which nobody owns.</returns>
    public static ArtifactOwner? Of(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Split('/') is not [var kind, var account, var owner, _, ..]) return null;
        return kind switch
        {
            ArtifactNames.Segments or ArtifactNames.Snapshots or ArtifactNames.Quarantine or ArtifactNames.Outputs =>
                new ArtifactOwner(ResourceTypes.DatasetGroup, account, owner),
            ArtifactNames.Models or ArtifactNames.Trainings when owner.StartsWith(ArtifactNames.RecommenderPrefix, StringComparison.Ordinal) =>
                new ArtifactOwner(ResourceTypes.Recommender, account, owner[ArtifactNames.RecommenderPrefix.Length..]),
            ArtifactNames.Models or ArtifactNames.Trainings => new ArtifactOwner(ResourceTypes.Solution, account, owner),
            _ => null,
        };
    }
}
