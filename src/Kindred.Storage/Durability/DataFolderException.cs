namespace Kindred.Storage.Durability;

/// <summary>The data folder cannot be used by this process; the message tells the operator why and what to do.</summary>
public sealed class DataFolderException : Exception
{
    public DataFolderException() { }
    public DataFolderException(string message) : base(message) { }
    public DataFolderException(string message, Exception innerException) : base(message, innerException) { }
}
