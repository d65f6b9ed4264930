namespace Kindred.Contracts.Access;

/// <summary>Scopes as they travel: one lower-case name each.</summary>
public static class ScopeNames
{
    private static readonly (AccessScopes Scope, string Name)[] Names =
    [
        (AccessScopes.Control, "control"),
        (AccessScopes.Recommend, "recommend"),
        (AccessScopes.Events, "events"),
        (AccessScopes.Records, "records"),
        (AccessScopes.Objects, "objects"),
        (AccessScopes.Keys, "keys"),
        (AccessScopes.Operator, "operator"),
        (AccessScopes.Read, "read"),
    ];

    /// <summary>The names of every scope, as a message shows them.</summary>
    public static string Known => string.Join(", ", Names.Select(n => n.Name));

    /// <param name="scope">One scope.</param>
    public static string Of(AccessScopes scope) => Array.Find(Names, n => n.Scope == scope).Name ?? scope.ToString();

    public static IReadOnlyList<string> List(AccessScopes scopes) => [.. Names.Where(n => (scopes & n.Scope) != 0).Select(n => n.Name)];

    public static bool TryParse(string name, out AccessScopes scope)
    {
        scope = Array.Find(Names, n => n.Name == name).Scope;
        return scope != AccessScopes.None;
    }
}
