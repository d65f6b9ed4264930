using System.IO.Compression;
using System.Text;
using Kindred.Contracts.Arns;
using Kindred.Storage.Artifacts;
using Kindred.Storage.Import;
using Kindred.Storage.Schemas;
using Kindred.Storage.Tests.Schemas;

namespace Kindred.Storage.Tests.Import;

/// <summary>Imports texts into a temporary data folder.</summary>
internal static class Importing
{
    public static CsvImport Job(TemporaryFolder folder, params IReadOnlyList<CsvSource> sources) => new()
    {
        Artifacts = new LocalArtifactStore(new StorageOptions { DataPath = folder.Path }),
        Sequence = 1,
        DatasetGroupArn = Arn.DatasetGroup("us-east-1", "123456789012", "shop"),
        DatasetType = "INTERACTIONS",
        ImportJobArn = Arn.DatasetImportJob("us-east-1", "123456789012", "first-import"),
        Schema = ParsedSchema.Parse(SchemaTexts.Interactions),
        Sources = sources,
    };

    public static CsvSource Text(string text, string name = "data.csv") => Bytes(Encoding.UTF8.GetBytes(text), name);

    public static CsvSource Bytes(byte[] bytes, string name = "data.csv") => new(name, _ => Task.FromResult<Stream>(new MemoryStream(bytes)));

    public static byte[] Gzip(byte[] bytes)
    {
        using var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(bytes);
        return zipped.ToArray();
    }

    public static Task<ImportOutcome> RunAsync(CsvImport import, CancellationToken cancellationToken = default) =>
        CsvImporter.ImportAsync(import, null, cancellationToken);
}
