using System.Globalization;
using System.Runtime.InteropServices;

namespace Kindred.Bench.Serving;

/// <summary>The threads of another process that have stepped back, as Linux shows them; raising them takes root.</summary>
internal sealed partial class TrainingThreads(int processId)
{
    private const int OneThread = 0;
    private readonly List<int> _raised = [];
    private readonly int _normal = NicenessOf(processId, processId) ?? 0;
    private int _background;

    public int Count => Find().Count;

    /// <summary>
    /// Gives them the priority of everything else: what a training without background threads would be. Their new helpers inherit
    /// it.
    /// </summary>
    public void Raise()
    {
        _raised.AddRange(Find());
        foreach (var thread in _raised) _ = SetPriority(OneThread, thread, _normal);
    }

    public void Lower()
    {
        foreach (var thread in _raised) _ = SetPriority(OneThread, thread, _background);
        _raised.Clear();
    }

    private List<int> Find()
    {
        var found = new List<int>();
        foreach (var folder in Directory.EnumerateDirectories($"/proc/{processId}/task"))
        {
            var thread = int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture);
            if (NicenessOf(processId, thread) is not { } niceness || niceness <= _normal) continue;
            _background = niceness;
            found.Add(thread);
        }
        return found;
    }

    /// <returns>Null for a thread that has ended.</returns>
    private static int? NicenessOf(int process, int thread)
    {
        try
        {
            // pid (name) state ppid ... : the name may hold spaces; niceness is the 17th field after it.
            var stat = File.ReadAllText($"/proc/{process}/task/{thread}/stat");
            return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[16], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return null;
        }
    }

    [LibraryImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetPriority(int which, int who, int priority);
}
