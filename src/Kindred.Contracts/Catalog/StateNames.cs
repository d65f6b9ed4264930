namespace Kindred.Contracts.Catalog;

/// <summary>Full state names, <c>{grain type}/state</c>, of what is no resource; those of resources, their kinds tell. Never renamed.</summary>
public static class StateNames
{
    public const string Tenant = "tenant/state";
    public const string AccessKey = "access-key/state";
    public const string Job = "job/state";
}
