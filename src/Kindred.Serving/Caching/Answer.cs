namespace Kindred.Serving.Caching;

/// <summary>What an owner said: the subject's number, and how to get what is kept for it.</summary>
/// <param name="Take">
/// Runs only when the number is not older than what is held. Is given what is held, and returns that again, brought up to
/// date, or something new in its place.
/// </param>
internal sealed record Answer<TValue>(long Number, Func<TValue?, ValueTask<TValue>> Take) where TValue : class
{
    public Answer(long number, TValue value) : this(number, _ => ValueTask.FromResult(value))
    {
    }
}
