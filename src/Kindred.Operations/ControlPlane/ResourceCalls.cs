using Kindred.Contracts.Arns;
using Kindred.Contracts.Refusals;
using Kindred.Contracts.Tenants;
using Microsoft.Extensions.DependencyInjection;

namespace Kindred.Operations.ControlPlane;

/// <summary>How handlers reach grains; the caller has been entered by then.</summary>
internal static class ResourceCalls
{
    /// <summary>The grain through which the caller's tenant changes.</summary>
    public static ITenantGrain Tenant(this OperationContext context) => context.Grains().GetGrain<ITenantGrain>(context.Caller.Account);

    /// <summary>The grain of the resource that <paramref name="arn"/> names.</summary>
    /// <exception cref="RefusedException">The ARN is malformed, or names a resource of another kind.</exception>
    public static TGrain Resource<TGrain>(this OperationContext context, string arn, string type, bool nested = false)
        where TGrain : IGrainWithStringKey =>
        context.Grains().GetGrain<TGrain>(Expect(arn, type, nested).ToString());

    /// <param name="nested">Whether the name has two parts, as those of datasets and solution versions have.</param>
    public static Arn Expect(string arn, string type, bool nested = false) =>
        Arn.TryParse(arn, out var parsed) && parsed.Type == type && parsed.Name.Contains('/', StringComparison.Ordinal) == nested
            ? parsed
            : throw new RefusedException(RefusalCode.InvalidInput, $"'{arn}' is not the ARN of a {Noun(type, nested)}.");

    public static T Found<T>(T? resource, string arn) where T : class =>
        resource ?? throw new RefusedException(RefusalCode.ResourceNotFound, $"There is no resource with the ARN {arn}.");

    private static IGrainFactory Grains(this OperationContext context) => context.Services.GetRequiredService<IGrainFactory>();

    private static string Noun(string type, bool nested) => (type, nested) switch
    {
        (ResourceTypes.Solution, true) => "solution version",
        _ => type.Replace('-', ' '),
    };
}
