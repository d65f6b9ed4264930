namespace Kindred.Lab;

/// <summary>What the caller can put right, in one sentence. Ends the command; the sentence is all that is printed.</summary>
public sealed class LabException : Exception
{
    public LabException() { }
    public LabException(string sentence) : base(sentence) { }
    public LabException(string sentence, Exception innerException) : base(sentence, innerException) { }
}
