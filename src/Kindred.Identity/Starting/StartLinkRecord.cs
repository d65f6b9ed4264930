namespace Kindred.Identity.Starting;

/// <summary>The link that makes an operator, while it has not been used. There is one at most.</summary>
internal sealed class StartLinkRecord
{
    public const int OnlyId = 1;

    public int Id { get; init; } = OnlyId;
    /// <summary>The secret in the link, encrypted: a restart prints the same link again, and a copy of the table does not open it.</summary>
    public required string SealedSecret { get; set; }
    public required DateTimeOffset CreatedAt { get; set; }
}
