namespace Kindred.Operations.Intake;

/// <summary>A file that names users, as a data deletion job reads it.</summary>
/// <param name="Users">Rows with an id; of a file one that is there twice counts twice.</param>
/// <param name="First">A few of them, for people to see that the right ones are meant.</param>
public sealed record UserList(string Location, long Users, IReadOnlyList<string> First);
