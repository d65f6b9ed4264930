namespace Kindred.Grains.Campaigns;

/// <summary>What a deploy loads a model into: a campaign, or a recommender. Key: its ARN, whose type is the grain's.</summary>
[Alias("Kindred.IDeployable")]
internal interface IDeployable : IGrainWithStringKey
{
    /// <returns>What is to be served; null when nothing is to be deployed.</returns>
    [Alias("FindTargetAsync")]
    Task<DeployTarget?> FindTargetAsync();

    /// <returns>False when there is nothing to deploy.</returns>
    [Alias("BeginDeployAsync")]
    Task<bool> BeginDeployAsync();

    /// <summary>The model of <paramref name="versionArn"/> is loaded: from now on it is served.</summary>
    [Alias("CompleteDeployAsync")]
    Task CompleteDeployAsync(string versionArn);

    [Alias("FailDeployAsync")]
    Task FailDeployAsync(string reason);
}

/// <param name="Recipe">The recipe's name.</param>
/// <param name="ArtifactPath">The model artifact, relative to the data folder.</param>
[GenerateSerializer, Immutable, Alias("Kindred.DeployTarget")]
internal sealed record DeployTarget([property: Id(0)] string VersionArn, [property: Id(1)] string Recipe, [property: Id(2)] string ArtifactPath);
