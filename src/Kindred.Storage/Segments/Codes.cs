using System.Runtime.InteropServices;

namespace Kindred.Storage.Segments;

/// <summary>Gives the distinct strings of one batch dense codes.</summary>
internal sealed class Codes
{
    private readonly Dictionary<string, int> _codes = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];
    private string? _last;
    private int _lastCode;

    public ReadOnlySpan<string> Names => CollectionsMarshal.AsSpan(_names);

    public int Of(string name)
    {
        // Logs are often sorted by user, so the answer is often the last one.
        if (name == _last) return _lastCode;
        ref var code = ref CollectionsMarshal.GetValueRefOrAddDefault(_codes, name, out var known);
        if (!known)
        {
            code = _names.Count;
            _names.Add(name);
        }
        (_last, _lastCode) = (name, code);
        return code;
    }

    public void Clear()
    {
        _codes.Clear();
        _names.Clear();
        _last = null;
    }
}
