using Kindred.Identity.Accounts;

namespace Kindred.Identity.SignIn;

/// <summary>One browser in which a person is signed in. Its cookie is good as long as the row is there.</summary>
internal sealed class SessionRecord
{
    public required string Id { get; init; }
    public required string PersonId { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset SeenAt { get; set; }
    /// <summary>What the browser calls itself, shortened.</summary>
    public required string Browser { get; init; }
    /// <summary>Where it signed in from.</summary>
    public required string Address { get; init; }

    public Person Person { get; init; } = null!;
}
