namespace Kindred.Portal.Sessions;

/// <summary>Where in the portal an address leads.</summary>
/// <param name="Account">The organisation's tenant as it stands in the address, unchecked; null outside of organisations.</param>
/// <param name="Project">Null outside of projects.</param>
/// <param name="Page">What follows, without query; empty for the overview.</param>
public sealed record PortalPlace(string? Account, string? Project, string Page)
{
    /// <param name="address">Relative to the base address, such as <c>o/111122223333/p/live/datasets?x=1#y</c>.</param>
    public static PortalPlace Of(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var parts = address.Split('?', '#')[0].Split('/', StringSplitOptions.RemoveEmptyEntries);
        return parts switch
        {
            ["o", var account, "p", var project, .. var rest] => new(account, Uri.UnescapeDataString(project), string.Join('/', rest)),
            ["o", var account, .. var rest] => new(account, null, string.Join('/', rest)),
            _ => new(null, null, string.Join('/', parts)),
        };
    }
}
