namespace Kindred.Portal.Sessions;

/// <summary>Addresses of the portal: <c>/o/{account}/{page}</c> and <c>/o/{account}/p/{project}/{page}</c>.</summary>
public static class Links
{
    public const string Organisations = "o";

    /// <param name="project">Null for a page of the organisation.</param>
    /// <param name="page">Such as <c>datasets</c>; empty for the overview.</param>
    public static string To(string account, string? project = null, string page = "")
    {
        var place = project is null ? $"o/{account}" : $"o/{account}/p/{Uri.EscapeDataString(project)}";
        return page.Length == 0 ? place : $"{place}/{page}";
    }
}
