
namespace Kindred.Storage.State;

/// <summary>
/// A grain's key as the state table holds it: <c>=</c> and the key. Orleans' AdoNet storage reads a key that looks like a
/// hexadecimal number as a number, and an account of 12 digits does: it would land in other columns, where no key range
/// finds it, and "01" would be the same row as "1". Behind the sign every key is text.
/// </summary>
internal static class GrainKeyText
{
    private const char Sign = '=';

    public static GrainId ToStored(GrainId id) => GrainId.Create(id.Type, IdSpan.Create(ToStored(id.Key.ToString()!)));

    public static string ToStored(string key) => Sign + key;

    public static string FromStored(string stored) => stored[1..];
}
