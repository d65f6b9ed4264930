using Kindred.Serving.Histories;

namespace Kindred.Serving.Models;

/// <summary>From the codes of a growing <see cref="CodeTable"/> to one model's own; each is looked up when it is first met.</summary>
/// <param name="find">The model's code of a string, or -1.</param>
internal sealed class ModelCodes(Func<string, int> find)
{
    // 0: not looked up yet; otherwise the model's code + 1, or -1 when the model does not know it. Two threads that look
    // the same code up write the same answer; one lost in a concurrent growth is looked up again.
    private int[] _found = new int[64];

    /// <returns>The model's code, or -1.</returns>
    public int Find(int code, CodeTable names)
    {
        var found = Volatile.Read(ref _found);
        if (code >= found.Length) found = Grow(code);
        var known = found[code];
        if (known == 0) found[code] = known = find(names[code]) is var modelCode and >= 0 ? modelCode + 1 : -1;
        return known > 0 ? known - 1 : -1;
    }

    private int[] Grow(int code)
    {
        var grown = _found;
        Array.Resize(ref grown, Math.Max(code + 1, grown.Length * 2));
        Volatile.Write(ref _found, grown);
        return grown;
    }
}
