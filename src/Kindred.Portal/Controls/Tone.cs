namespace Kindred.Portal.Controls;

/// <summary>What a chip's colour means. The word beside it says it too: colour is never alone.</summary>
public enum Tone
{
    Idle,
    Running,
    Ok,
    Warn,
    Bad,
}
