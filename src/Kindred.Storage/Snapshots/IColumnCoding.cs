namespace Kindred.Storage.Snapshots;

/// <summary>Codes one column, record by record, into temporary files.</summary>
internal interface IColumnCoding : IDisposable
{
    /// <summary>The distinct texts held in memory.</summary>
    int Values { get; }

    /// <summary>What those take, in bytes.</summary>
    long Bytes { get; }

    /// <param name="value">The next record's value as in the CSV, or null.</param>
    void Add(string? value);

    /// <returns>Where it lies.</returns>
    CodedColumn Write(CodedSection section);
}
