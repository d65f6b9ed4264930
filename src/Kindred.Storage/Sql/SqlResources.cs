using System.Reflection;

namespace Kindred.Storage.Sql;

/// <summary>The SQL that is embedded in this assembly: one file per migration, one per query of Orleans.</summary>
internal static class SqlResources
{
    /// <summary>Migrations in order. The number that a name begins with is the schema version it leads to: 1, 2, 3…</summary>
    public static IReadOnlyList<(int Version, string Text)> Migrations { get; } =
        [.. Read("Kindred.Storage.Sql.Migrations.").OrderBy(m => m.Name, StringComparer.Ordinal)
            .Select(m => (int.Parse(m.Name.AsSpan(0, 4), provider: null), m.Text))];

    /// <summary>Texts of the queries by the key under which Orleans asks for them.</summary>
    public static IReadOnlyDictionary<string, string> Queries { get; } =
        Read("Kindred.Storage.Sql.Queries.").ToDictionary(q => q.Name, q => q.Text, StringComparer.Ordinal);

    private static IEnumerable<(string Name, string Text)> Read(string prefix)
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var resource in assembly.GetManifestResourceNames().Where(r => r.StartsWith(prefix, StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            yield return (resource[prefix.Length..^".sql".Length], reader.ReadToEnd());
        }
    }
}
