using Kindred.Contracts.Access;

namespace Kindred.Portal.Sessions;

/// <summary>A page for whoever operates the deployment. It belongs to no organisation; every call asks anew whether they still do.</summary>
public abstract class OperatorPage : LivePage
{
    protected override bool IsLive => false;

    /// <exception cref="Contracts.Refusals.RefusedException">They operate nothing.</exception>
    protected async Task<T> AsOperatorAsync<T>(Func<Principal, Task<T>> call)
    {
        ArgumentNullException.ThrowIfNull(call);
        var principal = await Session.OperatorAsync(Leaving);
        using var entered = CallerContext.Enter(principal);
        return await call(principal);
    }

    /// <inheritdoc cref="AsOperatorAsync{T}"/>
    protected Task AsOperatorAsync(Func<Principal, Task> call) => AsOperatorAsync(async principal =>
    {
        await call(principal);
        return true;
    });
}
