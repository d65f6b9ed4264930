namespace Kindred.Grains.Jobs;

/// <summary>Whether an attempt is in a silo.</summary>
/// <param name="Silo">The silo that was asked, as <see cref="SiloMembers"/> names it.</param>
/// <param name="IsHere">The attempt waits or runs there.</param>
[GenerateSerializer, Immutable, Alias("Kindred.JobSighting")]
internal sealed record JobSighting([property: Id(0)] string Silo, [property: Id(1)] bool IsHere);
