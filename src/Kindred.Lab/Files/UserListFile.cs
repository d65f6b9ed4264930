using System.Text;
using Kindred.Files;
using Kindred.Files.Csv;

namespace Kindred.Lab.Files;

/// <summary>Reads a list of users: a CSV with USER_ID among its columns, or one id per line.</summary>
internal static class UserListFile
{
    /// <returns>The users in the order of the file, each once.</returns>
    /// <exception cref="LabException">The file cannot be read or holds no user.</exception>
    public static IdTable Read(string path)
    {
        using var csv = CsvReader.Open(path, CsvFormat.DataFrame);
        var users = new IdTableBuilder();
        var column = Columns.Find(csv, Columns.UserId);
        if (column < 0)
        {
            if (csv.Header.Names.Count > 1)
                Columns.Require(csv, Columns.UserId);
            column = 0;
            Add(csv, Encoding.UTF8.GetBytes(csv.Header.Names[0]), users); // a bare list has no header: its first line is a user
        }
        while (csv.Read())
            Add(csv, csv.Field(column), users);
        return users.Count > 0 ? users.Build() : throw new LabException($"'{path}' names no user.");
    }

    private static void Add(CsvReader csv, ReadOnlySpan<byte> id, IdTableBuilder users)
    {
        if (FieldText.FaultOfId(id) is { } fault)
            throw csv.Fault($"the user id {fault}");
        users.Intern(id);
    }
}
