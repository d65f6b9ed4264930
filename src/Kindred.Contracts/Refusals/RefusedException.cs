namespace Kindred.Contracts.Refusals;

/// <summary>A request that a rule refuses. The message names the thing, the value and what was expected; the caller reads it.</summary>
[GenerateSerializer, Alias("Kindred.RefusedException")]
public sealed class RefusedException : Exception
{
    public RefusedException() { }
    public RefusedException(string message) : base(message) { }
    public RefusedException(string message, Exception innerException) : base(message, innerException) { }
    public RefusedException(RefusalCode code, string message) : base(message) => Code = code;

    [Id(0)] public RefusalCode Code { get; private set; } = RefusalCode.InvalidInput;
}
