using System.Text;
using Kindred.Contracts.Access;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Refusals;
using Kindred.Files.Csv;
using Kindred.Files.Csv.Inference;
using Kindred.Storage.Deletion;
using Kindred.Storage.Objects;

namespace Kindred.Operations.Intake;

/// <summary>Lists of users whose data shall be deleted, as a data deletion job reads them. Nothing is deleted here.</summary>
public sealed partial class DataIntake
{
    /// <summary>Most ids that can be given without a file.</summary>
    public const int MostTypedUsers = 1_000;
    private const int MaxIdLength = 256;
    private const int UsersShown = 5;

    /// <summary>Keeps a list of users that somebody typed.</summary>
    /// <param name="project">The first part of the file's name.</param>
    /// <param name="userIds">1 to <see cref="MostTypedUsers"/> ids; one that is there twice counts once.</param>
    /// <exception cref="RefusedException">AccessDenied, InvalidInput, or LimitExceeded: the tenant stores as much as it may.</exception>
    public async Task<UserList> ListUsersAsync(
        Principal principal, string project, IReadOnlyCollection<string> userIds, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(principal);
        ArgumentNullException.ThrowIfNull(userIds);
        principal.Require(AccessScopes.Objects, "objects:Put");
        string[] users = [.. userIds.Select(id => id.Trim()).Where(id => id.Length > 0).Distinct(StringComparer.Ordinal)];
        if (users.Length is 0 or > MostTypedUsers)
            throw Refused($"There are {users.Length} ids; expected 1 to {MostTypedUsers}. A file can name more.");
        if (users.FirstOrDefault(id => id.Length > MaxIdLength || id.Any(char.IsControl)) is { } wrong)
            throw Refused($"'{wrong[..Math.Min(wrong.Length, 40)]}' is no id of a user: at most {MaxIdLength} characters, and no line breaks.");
        var rows = users.Select(id => $"\"{id.Replace("\"", "\"\"", StringComparison.Ordinal)}\"\n");
        var csv = Encoding.UTF8.GetBytes(string.Concat([$"{ColumnNames.UserId}\n", .. rows]));
        using var body = new MemoryStream(csv);
        var receipt = await ReceiveAsync(principal, project, "users.csv", body, csv.Length, cancellationToken);
        return new UserList(receipt.Location, users.Length, [.. users.Take(UsersShown)]);
    }

    /// <summary>Finds the users in an upload, whatever its column of users is called, and makes a list of them that a deletion reads.</summary>
    /// <param name="location">Of an upload: <c>s3://uploads/…</c>.</param>
    /// <exception cref="RefusedException">
    /// There is no such upload, it has no column of users, a row cannot be read, or it is larger than a deletion reads.
    /// </exception>
    public async Task<UserList> ListUsersAsync(Principal principal, string location, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(principal);
        principal.Require(AccessScopes.Objects, "objects:Put");
        var found = await FindAsync(principal, location, cancellationToken);
        if (found.SizeBytes > DeletionList.MaxBytes) throw DeletionList.TooLarge();
        var (mapping, users, first) = await ReadAsync(principal, found, csv => ReadUsers(csv, cancellationToken), cancellationToken);
        var list = await CopyAsync(principal, found, mapping, gaps: [], progress: null, cancellationToken);
        return new UserList(list.Location, users, first);
    }

    /// <summary>Removes a list: it names the users whose data were deleted, and is of no use once they are.</summary>
    /// <returns>False when it is gone already.</returns>
    /// <exception cref="RefusedException">AccessDenied.</exception>
    public async Task<bool> DeleteListAsync(Principal principal, string location, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(principal);
        principal.Require(AccessScopes.Objects, "objects:Delete");
        return IsUpload(location) && await objects.DeleteAsync(principal.Account, Bucket, location[Uploads.Length..], cancellationToken);
    }

    /// <summary>Whether a list is among the uploads, and so can be removed here.</summary>
    public static bool IsUpload(string location) => location?.StartsWith(Uploads, StringComparison.Ordinal) ?? false;

    private static (ColumnMapping Mapping, long Users, IReadOnlyList<string> First) ReadUsers(CsvReader csv, CancellationToken cancellationToken)
    {
        var column = csv.Header.Names.Select(HeaderNames.Normalise).ToList().IndexOf(ColumnNames.UserId);
        if (column < 0)
            throw Refused(
                $"The first line has to name the columns, one of them {ColumnNames.UserId}; it has: {csv.Header}.");
        var (users, first) = (0L, new List<string>());
        while (csv.Read(out var fault))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (fault is not null) throw Refused($"Line {csv.Line} cannot be read: {fault}. Nothing is deleted.");
            if (csv.BytesRead > DeletionList.MaxBytes) throw DeletionList.TooLarge();
            if (csv.Field(column).IsEmpty) continue;
            users++;
            if (first.Count < UsersShown) first.Add(Encoding.UTF8.GetString(csv.Field(column)));
        }
        if (users == 0) throw Refused("The file names no user.");
        string?[] targets = [.. Enumerable.Range(0, csv.Header.Names.Count).Select(i => i == column ? ColumnNames.UserId : null)];
        return (new ColumnMapping("Users", targets, TimestampForm.Seconds), users, first);
    }

    private static RefusedException Refused(string sentence) => new(RefusalCode.InvalidInput, sentence);
}
