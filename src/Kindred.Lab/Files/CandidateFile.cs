using Kindred.Files;
using Kindred.Files.Csv;

namespace Kindred.Lab.Files;

/// <summary>Reads a CSV with USER_ID and ITEM_ID.</summary>
internal static class CandidateFile
{
    /// <exception cref="LabException">The file cannot be read, lacks a column, or a row is wrong.</exception>
    public static CandidateLists Read(string path)
    {
        using var csv = CsvReader.Open(path, CsvFormat.DataFrame);
        Columns.Require(csv, Columns.UserId, Columns.ItemId);
        var (userColumn, itemColumn) = (Columns.Find(csv, Columns.UserId), Columns.Find(csv, Columns.ItemId));
        var (users, items, lists) = (new IdTableBuilder(), new IdTableBuilder(), new List<List<int>>());
        while (csv.Read())
        {
            var user = Intern(csv, userColumn, Columns.UserId, users);
            var item = Intern(csv, itemColumn, Columns.ItemId, items);
            if (user == lists.Count)
                lists.Add([]);
            lists[user].Add(item);
        }
        if (lists.Count == 0)
            throw new LabException($"'{path}' has a header but no rows.");
        return new CandidateLists(users.Build(), items.Build(), [.. lists.Select(list => list.Distinct().ToList())]);
    }

    private static int Intern(CsvReader csv, int column, string name, IdTableBuilder ids) =>
        FieldText.FaultOfId(csv.Field(column)) is { } fault ? throw csv.Fault($"{name} {fault}") : ids.Intern(csv.Field(column));
}
