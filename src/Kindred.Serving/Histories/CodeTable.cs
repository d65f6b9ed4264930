namespace Kindred.Serving.Histories;

/// <summary>
/// Codes for strings, dense from 0 in order of first use. Written under its owner's lock; a reader that got a code under
/// that lock may read its string without it.
/// </summary>
internal sealed class CodeTable
{
    private readonly Dictionary<string, int> _codes = new(StringComparer.Ordinal);
    private string[] _strings = new string[16];

    public int Count => _codes.Count;
    public string this[int code] => Volatile.Read(ref _strings)[code];

    public bool Contains(string text) => _codes.ContainsKey(text);

    public int Intern(string text)
    {
        if (_codes.TryGetValue(text, out var code)) return code;
        code = _codes.Count;
        var strings = _strings;
        if (code == strings.Length) Array.Resize(ref strings, code * 2);
        strings[code] = text;
        Volatile.Write(ref _strings, strings);
        _codes.Add(text, code);
        return code;
    }
}
