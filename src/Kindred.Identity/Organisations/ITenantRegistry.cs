namespace Kindred.Identity.Organisations;

/// <summary>Where an organisation's tenant is made.</summary>
internal interface ITenantRegistry
{
    /// <summary>Makes a tenant with a number that nobody has.</summary>
    /// <param name="name">What people call the organisation.</param>
    /// <returns>The account: 12 digits.</returns>
    Task<string> CreateAsync(string name);
}
