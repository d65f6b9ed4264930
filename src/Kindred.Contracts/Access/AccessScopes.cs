namespace Kindred.Contracts.Access;

/// <summary>What a key may do. The numbers are stored: they are only ever appended.</summary>
[Flags]
public enum AccessScopes
{
    None = 0,
    /// <summary>Create, describe, list, update and delete the tenant's resources.</summary>
    Control = 1,
    /// <summary>GetRecommendations and GetPersonalizedRanking.</summary>
    Recommend = 2,
    /// <summary>PutEvents: what a browser page may be given, together with <see cref="Recommend"/>.</summary>
    Events = 4,
    /// <summary>PutItems and PutUsers: the catalogue's records.</summary>
    Records = 8,
    /// <summary>Read and write the tenant's own buckets.</summary>
    Objects = 16,
    /// <summary>Make, list and revoke the tenant's own keys.</summary>
    Keys = 32,
    /// <summary>Make tenants. Belongs to whoever runs the deployment.</summary>
    Operator = 64,
    /// <summary>Describe and list the tenant's resources, and their metrics, without changing any. <see cref="Control"/> implies it.</summary>
    Read = 128,

    /// <summary>Everything inside one tenant.</summary>
    Tenant = Control | Recommend | Events | Records | Objects | Keys | Read,
    All = Tenant | Operator,
}
