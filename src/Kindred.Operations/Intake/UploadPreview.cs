using Kindred.Files.Csv.Inference;

namespace Kindred.Operations.Intake;

/// <summary>The beginning of an uploaded file, and what it is taken for.</summary>
/// <param name="Location"><c>s3://bucket/key</c>.</param>
/// <param name="Columns">As the header has them.</param>
/// <param name="Rows">The first rows, each as wide as the header.</param>
/// <param name="Suggested">What the headers and the first values say.</param>
public sealed record UploadPreview(
    string Location, long SizeBytes, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows, ColumnMapping Suggested);
