namespace Kindred.Identity.Organisations;

/// <summary>What a person is in an organisation. The numbers are stored: they are only ever appended.</summary>
public enum OrganisationRole
{
    /// <summary>Sees everything, tries recommendations, changes nothing.</summary>
    Analyst = 1,
    /// <summary>Besides, makes, changes and deletes data and resources.</summary>
    Developer = 2,
    /// <summary>Besides, invites and removes people below an owner, and makes and ends access keys.</summary>
    Admin = 3,
    /// <summary>Everything, among it other owners and the end of the organisation. An organisation always has one.</summary>
    Owner = 4,
}
