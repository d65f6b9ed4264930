using Kindred.Serving.Exploration;
using Kindred.Serving.Groups;
using Kindred.Serving.Items;

namespace Kindred.Serving.Models;

/// <summary>Keeps one model's <see cref="ItemSpace"/> of one publication current: it is made anew when an item was put.</summary>
internal sealed class CurrentSpace
{
    private readonly Lock _making = new();
    private volatile Made? _made;

    /// <returns>The space as of now, and those of its items that the model has not met.</returns>
    public (ItemSpace Space, NewItems NewItems) Of(GroupView group, OpenModel model)
    {
        var version = group.Items.Live.Version;
        if (_made is { } made && made.Version == version) return (made.Space, made.NewItems);
        lock (_making)
        {
            if (_made is { } other && other.Version == group.Items.Live.Version) return (other.Space, other.NewItems);
            var (live, read) = group.Items.Live.Read(group.Items.LiveFrom);
            var space = new ItemSpace(model.Model, model.RowsOf(group), live);
            _made = made = new Made(read, space, NewItems.Find(space, group.Items.Schema));
            return (made.Space, made.NewItems);
        }
    }

    private sealed record Made(long Version, ItemSpace Space, NewItems NewItems);
}
