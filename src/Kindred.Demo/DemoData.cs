namespace Kindred.Demo;

/// <summary>What a demo imports and shows: the made-up shop, or a folder of the user's own files.</summary>
internal interface IDemoData
{
    /// <summary>Names this data among other demo data: lower-case letters, digits and hyphens, at most 40 characters.</summary>
    string Fingerprint { get; }

    /// <summary>One line that says what is in it.</summary>
    string Summary { get; }

    /// <summary>What the user should know about the files before the import, one sentence each.</summary>
    IReadOnlyList<string> Notes { get; }

    /// <summary>Interactions first.</summary>
    IReadOnlyList<DemoDataset> Datasets { get; }

    /// <summary>Somebody with enough history to recommend from.</summary>
    DemoShopper Shopper { get; }

    /// <returns>The item's name, or its id when the data has no names.</returns>
    string NameOf(string itemId);

    /// <summary>An item unlike what the shopper has met so far, to show how one event changes the recommendations.</summary>
    /// <param name="recommended">What is recommended now.</param>
    string PickSurprise(IReadOnlyCollection<string> recommended);

    /// <summary>The event to send for the surprise, such as <c>AddToCart</c>.</summary>
    string SurpriseEvent { get; }
}

/// <summary>A file to import.</summary>
/// <param name="Type">As CreateDataset takes it: <c>Interactions</c>, <c>Items</c>, <c>Users</c>.</param>
/// <param name="Schema">The Avro schema document.</param>
/// <param name="FileName">Name of the object to upload, such as <c>items.csv</c>.</param>
/// <param name="Open">Opens the CSV bytes; seekable.</param>
internal sealed record DemoDataset(string Type, string Schema, string FileName, Func<Stream> Open);

/// <param name="History">Oldest first.</param>
internal sealed record DemoShopper(string UserId, string Label, IReadOnlyList<DemoHistoryLine> History);

internal sealed record DemoHistoryLine(DateTimeOffset When, string Event, string ItemId);
