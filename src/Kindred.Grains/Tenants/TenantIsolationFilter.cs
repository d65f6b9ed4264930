using Kindred.Contracts.Access;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Refusals;
using Microsoft.Extensions.Logging;

namespace Kindred.Grains.Tenants;

/// <summary>
/// Refuses every call to a grain that is not made in the name of the account that the grain belongs to: the second check, should the
/// door ever miss one. A call in nobody's name is refused too, so whatever forgets to enter fails at once, and nothing gets through.
/// </summary>
/// <remarks>
/// Calls through the runtime's own interfaces pass, because the runtime makes them in nobody's name: above all reminders, whose
/// grains enter themselves.
/// </remarks>
internal sealed partial class TenantIsolationFilter(ILogger<TenantIsolationFilter> logger) : IIncomingGrainCallFilter
{
    public Task Invoke(IIncomingGrainCallContext context)
    {
        var called = context.Request.GetInterfaceType();
        if (IsRuntimes(called)) return context.Invoke();
        var caller = CallerContext.Current;
        if (Admits(caller, AccountOf(context.TargetId.Key.ToString()))) return context.Invoke();

        LogRefused(caller?.AuditName ?? "nobody", caller?.Account ?? "no account", $"{called.Name}.{context.Request.GetMethodName()}",
            context.TargetId);
        throw new RefusedException(RefusalCode.AccessDenied, caller is null
            ? "A call in nobody's name has no access to any account's resources."
            : $"The account {caller.Account} has no access to another account's resources.");
    }

    /// <param name="owner">The account that the grain belongs to; null for a grain of nobody, which is the service's own.</param>
    internal static bool Admits(CallerEntry? caller, string? owner) => caller switch
    {
        null => false,
        { Actor: ActorKind.Service, Account: null } => true,
        _ => caller.Account is { } account && account == owner,
    };

    /// <returns>The account whose grain has this key; null for a grain of nobody, such as an access key's.</returns>
    internal static string? AccountOf(string? key)
    {
        if (Accounts.IsAccount(key)) return key;
        return Arn.TryParse(key, out var arn) && arn.Account.Length > 0 ? arn.Account : null;
    }

    private static bool IsRuntimes(Type called) =>
        called.Namespace is { } name && (name == "Orleans" || name.StartsWith("Orleans.", StringComparison.Ordinal));

    [LoggerMessage(Level = LogLevel.Warning, Message = "Refused {Caller} of {Account} the call {Method} of {Grain}")]
    private partial void LogRefused(string caller, string account, string method, GrainId grain);
}
