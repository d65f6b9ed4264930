namespace Kindred.Identity.SignIn;

/// <summary>A browser in which a person is signed in.</summary>
/// <param name="Browser">What the browser calls itself, shortened; empty when it says nothing.</param>
/// <param name="Address">Where it signed in from.</param>
/// <param name="IsCurrent">Whether it is the browser that asks.</param>
public sealed record Session(string Id, DateTimeOffset CreatedAt, DateTimeOffset SeenAt, string Browser, string Address, bool IsCurrent);
