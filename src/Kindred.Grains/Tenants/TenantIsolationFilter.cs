using Kindred.Contracts.Access;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Refusals;

namespace Kindred.Grains.Tenants;

/// <summary>
/// Refuses every call that a flow of one account makes to a grain of another: the second check, should the door ever miss
/// one. Flows without an account are the service's own: reminders, jobs, start-up.
/// </summary>
internal sealed class TenantIsolationFilter : IIncomingGrainCallFilter
{
    public Task Invoke(IIncomingGrainCallContext context)
    {
        if (CallerContext.Current?.Account is { } account && AccountOf(context.TargetId.Key.ToString()) is { } owner && owner != account)
            throw new RefusedException(RefusalCode.AccessDenied, $"The account {account} has no access to another account's resources.");
        return context.Invoke();
    }

    /// <returns>The account whose grain has this key; null for a grain of nobody: an access key, a grain of the runtime.</returns>
    internal static string? AccountOf(string? key)
    {
        if (key is { Length: 12 } && key.All(char.IsAsciiDigit)) return key;
        return Arn.TryParse(key, out var arn) && arn.Account.Length > 0 ? arn.Account : null;
    }
}
