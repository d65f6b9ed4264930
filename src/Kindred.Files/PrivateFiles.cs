using System.Runtime.InteropServices;

namespace Kindred.Files;

/// <summary>Files that only the process's own user can read. On Windows the folder's access list says who can, and nothing is done here.</summary>
public static partial class PrivateFiles
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const uint GroupAndOthers = 0b111_111;

    /// <summary>From now on whatever this process makes is its user's alone: files 0600, folders 0700.</summary>
    public static void MakeNewOnesPrivate()
    {
        if (!OperatingSystem.IsWindows()) _ = Umask(GroupAndOthers); // it gives back the mask from before
    }

    /// <summary>
    /// Shuts others out of a folder, and so of all that lies in it. It is made if it is missing. One that belongs to another user, who lets
    /// this one write there, as with the volume of a container, stays as that user made it.
    /// </summary>
    public static void MakePrivate(string folder)
    {
        DurableFile.CreateDirectory(folder);
        if (OperatingSystem.IsWindows()) return;
        try
        {
            File.SetUnixFileMode(folder, Owner);
        }
        catch (UnauthorizedAccessException)
        {
            // What is made inside is private all the same.
        }
    }

    [LibraryImport("libc", EntryPoint = "umask")]
    private static partial uint Umask(uint mask);
}
