namespace Kindred.Identity.Applications;

/// <summary>A new application with its secret, which is shown this once and never again.</summary>
public sealed record MadeApplication(string ClientId, string Secret)
{
    // The text of a record lists its members; this one's must not end up in a log.
    public override string ToString() => ClientId;
}
