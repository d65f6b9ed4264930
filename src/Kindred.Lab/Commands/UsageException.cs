namespace Kindred.Lab.Commands;

/// <summary>The command line is not understood.</summary>
public sealed class UsageException : Exception
{
    public UsageException() { }
    public UsageException(string sentence) : base(sentence) { }
    public UsageException(string sentence, Exception innerException) : base(sentence, innerException) { }
}
