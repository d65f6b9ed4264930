namespace Kindred.Serving.Records;

/// <summary>
/// The form in which a schema's field name and a record's camelCase key are the same: letters and digits, lower case.
/// Schemas keep field names unique in this form.
/// </summary>
internal static class ColumnKey
{
    /// <returns><c>NUMBER_OF_RATINGS</c> and <c>numberOfRatings</c> both give <c>numberofratings</c>.</returns>
    public static string Of(string name) =>
        string.Create(name.Count(char.IsLetterOrDigit), name, static (key, name) =>
        {
            var length = 0;
            foreach (var c in name)
            {
                if (char.IsLetterOrDigit(c)) key[length++] = char.ToLowerInvariant(c);
            }
        });
}
