using Kindred.Serving.Caching;

namespace Kindred.Serving.Models;

/// <summary>The place of one artifact in the store: being opened, open, or failed for the moment.</summary>
internal sealed class ModelSlot
{
    private readonly Lazy<Task> _opening;
    private volatile Shared<OpenModel>? _opened;

    public ModelSlot(Func<ModelSlot, Task> open) => _opening = new(() => open(this));

    /// <summary>Starts opening with the first who asks; everybody else waits for the same.</summary>
    public Task Opening => _opening.Value;
    public Shared<OpenModel>? Opened { get => _opened; set => _opened = value; }
    /// <summary>Set when opening failed.</summary>
    public DateTimeOffset? BelievedUntil { get; set; }
}
