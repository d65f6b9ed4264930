using Kindred.Files;
using Kindred.Recipes.Artifacts;

namespace Kindred.Recipes.Histories;

/// <summary>Histories that travel in a model's artifact, served from the map. Lives as long as the artifact.</summary>
public sealed class ArtifactHistories : IUserHistories
{
    private readonly ModelArtifact _artifact;
    private readonly ReadOnlyMemory<int> _starts;
    private readonly ReadOnlyMemory<int> _items;
    private readonly ReadOnlyMemory<long> _times;
    private readonly ReadOnlyMemory<short> _types;

    /// <exception cref="ModelArtifactException">The artifact carries no histories of that prefix, or they do not fit together.</exception>
    public ArtifactHistories(ModelArtifact artifact, string prefix)
    {
        _artifact = artifact;
        Users = artifact.Ids($"{prefix}.users");
        _starts = artifact.Tensor<int>($"{prefix}.starts");
        _items = artifact.Tensor<int>($"{prefix}.items");
        _times = artifact.Tensor<long>($"{prefix}.times");
        _types = artifact.Tensor<short>($"{prefix}.types");
        using var lease = artifact.Lease();
        if (_starts.Length != Users.Count + 1 || _starts.Span[^1] != _items.Length
            || _times.Length != _items.Length || _types.Length != _items.Length)
            throw new ModelArtifactException("The histories of the model artifact do not fit together.");
    }

    public IdTable Users { get; }

    public int LengthOf(int user)
    {
        using var lease = _artifact.Lease();
        return _starts.Span[user + 1] - _starts.Span[user];
    }

    public void Copy(int user, Span<HistoryEvent> history)
    {
        using var lease = _artifact.Lease();
        var start = _starts.Span[user];
        var items = _items.Span;
        var times = _times.Span;
        var types = _types.Span;
        for (var i = 0; i < history.Length; i++)
            history[i] = new HistoryEvent(items[start + i], types[start + i], times[start + i]);
    }
}
