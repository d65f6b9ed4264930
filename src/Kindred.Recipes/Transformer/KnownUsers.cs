using Kindred.Files;
using Kindred.Recipes.Artifacts;

namespace Kindred.Recipes.Transformer;

/// <summary>The users that a model knows attributes of.</summary>
/// <param name="Ids">The users; their index is the row of <paramref name="Features"/>.</param>
/// <param name="Features">What is known about them.</param>
internal sealed record KnownUsers(IdTable Ids, ItemFeatures Features)
{
    public void Write(ArtifactWriter writer, string prefix) => writer
        .Ids($"{prefix}ids", Ids).Strings($"{prefix}features", Features.Names)
        .Tensor<int>($"{prefix}starts", Features.Starts).Tensor<int>($"{prefix}codes", Features.Codes)
            .Tensor<float>($"{prefix}weights", Features.Weights);

    /// <exception cref="ModelArtifactException">Missing, or it does not fit together.</exception>
    public static KnownUsers Read(ModelArtifact artifact, string prefix)
    {
        var ids = artifact.Ids($"{prefix}ids");
        using var lease = artifact.Lease();
        var names = artifact.Strings($"{prefix}features");
        var (starts, codes, weights) = (
            artifact.Tensor<int>($"{prefix}starts").ToArray(),
            artifact.Tensor<int>($"{prefix}codes").ToArray(), artifact.Tensor<float>($"{prefix}weights").ToArray());
        if (starts.Length != ids.Count + 1 || starts[^1] != codes.Length
            || weights.Length != codes.Length || Array.Exists(codes, code => (uint)code >= (uint)names.Length))
            throw new ModelArtifactException("What the model artifact knows about users does not fit together.");
        return new KnownUsers(ids, new ItemFeatures(names, starts, codes, weights));
    }
}
