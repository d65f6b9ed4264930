using System.Globalization;
using Kindred.Files.Csv;
using Kindred.Recipes.Metadata;

namespace Kindred.Lab.Files;

/// <summary>How a column was read, and how many of its cells said nothing: for people, who know what it should have been.</summary>
internal sealed class ColumnReading(AttributeColumn column)
{
    private long _gaps;
    private long _words;
    private string? _firstWord;

    public void Observe(string? value)
    {
        if (AttributeKinds.IsNone(value))
        {
            _gaps++;
        }
        else if (column.Kind is AttributeKind.Number or AttributeKind.CreationTime && !NumberTally.IsNumber(value))
        {
            _gaps++;
            _words++;
            _firstWord ??= value;
        }
    }

    public override string ToString()
    {
        var kind = column.Kind switch
        {
            AttributeKind.Number => "numbers",
            AttributeKind.Text => "texts",
            AttributeKind.CreationTime => "times",
            _ => "categories",
        };
        var gaps = _gaps == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {_gaps:N0} gap{(_gaps == 1 ? "" : "s")}");
        var words = _words == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {_words:N0} of them words such as '{Shortened(_firstWord!)}'");
        return $"{column.Name} ({kind}{gaps}{words})";
    }

    private static string Shortened(string word) => word.Length <= 40 ? word : $"{word[..40]}…";
}
