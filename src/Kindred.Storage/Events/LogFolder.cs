using System.Globalization;
using Kindred.Contracts.Arns;
using Kindred.Files;

namespace Kindred.Storage.Events;

/// <summary>The files of one group's log: each is named by the position of its first record, so that names sort by age.</summary>
internal sealed class LogFolder(Arn group, string path)
{
    public static ReadOnlySpan<byte> Magic => "KEVLOG\x01\n"u8;
    public const int HeaderLength = 8;
    private const string Extension = ".log";

    public Arn Group { get; } = group;
    public string Path { get; } = path;

    /// <summary>First positions, oldest first.</summary>
    public List<long> List()
    {
        if (!Directory.Exists(Path)) return [];
        var positions = new List<long>();
        foreach (var file in Directory.EnumerateFiles(Path, "*" + Extension))
        {
            var name = System.IO.Path.GetFileNameWithoutExtension(file);
            if (long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var first)) positions.Add(first);
        }
        positions.Sort();
        return positions;
    }

    public string FileOf(long firstPosition) =>
        System.IO.Path.Combine(Path, firstPosition.ToString("D19", CultureInfo.InvariantCulture) + Extension);

    /// <summary>Makes an empty file that is on disk, name and header, before anything is appended to it.</summary>
    public void Create(long firstPosition) => DurableFile.WriteAllAtomic(FileOf(firstPosition), stream => stream.Write(Magic));

    public EventLogMissingException Absent(Exception? cause = null) => EventLogMissingException.Absent(Group, Path, cause);

    public EventLogMissingException Foreign(long end, long known) => EventLogMissingException.Foreign(Group, $"'{Path}'", end, known);
}
