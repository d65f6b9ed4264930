namespace Kindred.Contracts.Changes;

/// <summary>
/// "The subject is at this number now", and nothing else: whoever holds an older number asks its owner again. So a change
/// that is lost, late, repeated or out of order can cost a question, and never put an old answer in the place of a new one.
/// </summary>
/// <param name="Kind">What kind of subject it is.</param>
/// <param name="Key">Which one; its form goes with <paramref name="Kind"/>.</param>
/// <param name="Number">Rises with every change of the subject, also when it is deleted and made again.</param>
public readonly record struct Change(ChangedSubject Kind, string Key, long Number);
