namespace Kindred.Identity.Organisations;

/// <summary>A new invitation.</summary>
/// <param name="Path">The link's path, with the secret that is shown only now, such as <c>/account/invitation?token=…</c>.</param>
/// <param name="IsMailed">Whether it was sent by mail as well.</param>
public sealed record MadeInvitation(string Id, string Path, bool IsMailed);
