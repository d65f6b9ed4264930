namespace Kindred.Contracts.Tenants;

/// <summary>What a tenant remembers of itself; its resources remember themselves.</summary>
[GenerateSerializer, Immutable, Alias("Kindred.TenantState")]
public sealed record TenantState
{
    /// <summary>12 digits.</summary>
    [Id(0)] public string Account { get; init; } = "";
    /// <summary>What people call the tenant; null when nobody named it.</summary>
    [Id(1)] public string? Name { get; init; }
    [Id(2)] public DateTimeOffset CreatedAt { get; init; }
    /// <summary>Since when everything is refused to the tenant; null while it may use the service.</summary>
    [Id(3)] public DateTimeOffset? SuspendedAt { get; init; }
    /// <summary>Why, for operators; null when nobody said.</summary>
    [Id(4)] public string? SuspendedFor { get; init; }
    /// <summary>Null while the tenant may have what every tenant may.</summary>
    [Id(5)] public TenantQuotas? Quotas { get; init; }
}
