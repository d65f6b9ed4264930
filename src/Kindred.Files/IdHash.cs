namespace Kindred.Files;

/// <summary>
/// Which 32 bits of an id's XxHash3 place it in an <see cref="IdTable"/>. The two kinds of file were born with different ones, and
/// a hash that files hold the places of never changes.
/// </summary>
public enum IdHash
{
    /// <summary>Upper and lower half folded together: model artifacts, training sets, checkpoints.</summary>
    Folded = 0,

    /// <summary>The lower half: snapshots.</summary>
    Low = 1,
}
