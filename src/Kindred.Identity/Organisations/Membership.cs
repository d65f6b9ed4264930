namespace Kindred.Identity.Organisations;

/// <summary>A person's place in an organisation.</summary>
/// <param name="Account">The organisation's tenant: 12 digits.</param>
/// <param name="Name">What people call the organisation.</param>
public sealed record Membership(string Account, string Name, OrganisationRole Role);
