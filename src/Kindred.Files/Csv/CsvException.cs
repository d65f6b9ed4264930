namespace Kindred.Files.Csv;

/// <summary>A file cannot be read as CSV; the message is a sentence that names the file, the place and what was expected.</summary>
public sealed class CsvException : Exception
{
    public CsvException(string sentence) : base(sentence) { }
    public CsvException(string sentence, Exception innerException) : base(sentence, innerException) { }
}
