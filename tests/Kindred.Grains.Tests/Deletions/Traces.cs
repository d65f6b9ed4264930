using System.Text;
using Parquet;

namespace Kindred.Grains.Tests.Deletions;

/// <summary>Looks for texts in every file of a data folder: the bytes as they are, and the values of Parquet files.</summary>
internal static class Traces
{
    /// <summary>What tenants put there themselves, and models, which are marked instead.</summary>
    private static readonly string[] NotLookedAt = ["buckets", "models", "kindred.lock"];

    /// <returns>One line for each file that holds one of the texts.</returns>
    public static async Task<List<string>> FindAsync(string folder, IReadOnlyCollection<string> texts)
    {
        var needles = texts.Select(Encoding.UTF8.GetBytes).ToArray();
        var found = new List<string>();
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(folder, path);
            if (NotLookedAt.Contains(name.Split(Path.DirectorySeparatorChar)[0])) continue;
            var bytes = path.EndsWith(".parquet", StringComparison.Ordinal) ? await ValuesAsync(path) : Read(path);
            if (Array.FindIndex(needles, needle => bytes.AsSpan().IndexOf(needle) >= 0) is var hit and >= 0)
                found.Add($"{name} holds {texts.ElementAt(hit)}");
        }
        return found;
    }

    private static byte[] Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }

    private static async Task<byte[]> ValuesAsync(string path)
    {
        await using var reader = await ParquetReader.CreateAsync(path);
        var all = new StringBuilder();
        for (var i = 0; i < reader.RowGroupCount; i++)
        {
            using var group = reader.OpenRowGroupReader(i);
            foreach (var field in reader.Schema.DataFields.Where(field => field.ClrType == typeof(string)))
            {
                var values = new string?[group.RowCount];
                await group.ReadAsync(field, values.AsMemory()!);
                all.AppendJoin('\n', values).Append('\n');
            }
        }
        return Encoding.UTF8.GetBytes(all.ToString());
    }
}
