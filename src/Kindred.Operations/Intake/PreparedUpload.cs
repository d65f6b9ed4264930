using Kindred.Storage.Import;

namespace Kindred.Operations.Intake;

/// <summary>An uploaded file as the import will read it, tried out against its schema. Nothing has been imported yet.</summary>
/// <param name="Location">What the import shall read: the upload itself, or a copy with the dataset's columns.</param>
/// <param name="Schema">The Avro document that fits it.</param>
/// <param name="Notes">How columns were read that do not speak for themselves, one sentence each.</param>
/// <param name="Tally">What the file holds; null when it had to fit a schema that there was already.</param>
/// <param name="Check">How its rows would fare.</param>
public sealed record PreparedUpload(string Location, string Schema, IReadOnlyList<string> Notes, DataTally? Tally, ImportCheck Check);
