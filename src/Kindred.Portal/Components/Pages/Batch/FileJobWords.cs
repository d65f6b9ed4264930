using System.Globalization;
using Kindred.Operations.Readings;
using Kindred.Operations.Solutions;

namespace Kindred.Portal.Components.Pages.Batch;

/// <summary>Jobs in and out of files, in words.</summary>
internal static class FileJobWords
{
    /// <summary>As the address of the form has it.</summary>
    public static string Key(FileJobKind kind) => kind switch
    {
        FileJobKind.Segments => "segments",
        FileJobKind.Export => "export",
        _ => "recommendations",
    };

    public static FileJobKind Kind(string? key) => key switch
    {
        "segments" => FileJobKind.Segments,
        "export" => FileJobKind.Export,
        _ => FileJobKind.Recommendations,
    };

    public static string Title(FileJobKind kind) => kind switch
    {
        FileJobKind.Segments => "Segments of users",
        FileJobKind.Export => "Export of a dataset",
        _ => "Recommendations",
    };

    /// <summary>Whether a recipe answers the lines of a kind of job.</summary>
    public static bool Answers(RecipeOffer recipe, FileJobKind kind)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        var answers = recipe.Kind is "USER_SEGMENTATION" ? FileJobKind.Segments : FileJobKind.Recommendations;
        return kind == answers && !recipe.NeedsActions && recipe.Name is not "aws-trending-now"; // these have no batch
    }

    /// <summary>A line that a recipe answers.</summary>
    public static string Line(RecipeOffer recipe)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        return (recipe.Kind, recipe.NeedsItems) switch
        {
            ("USER_SEGMENTATION", true) => """{"itemAttributes":"ITEMS.GENRES = \"Comedy\""}""",
            ("USER_SEGMENTATION" or "RELATED_ITEMS", _) => """{"itemId":"105"}""",
            ("PERSONALIZED_RANKING", _) => """{"userId":"4638","itemList":["27","101"]}""",
            _ => """{"userId":"4638"}""",
        };
    }

    public static string Size(long bytes) => bytes switch
    {
        < 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes"),
        < 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.#} KiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0 / 1024:0.#} MiB"),
    };
}
