using System.Buffers;
using System.Diagnostics;
using Kindred.Contracts.Access;
using Kindred.Contracts.Operations;
using Kindred.Contracts.Protocol;
using Kindred.Contracts.Protocol.Validation;
using Kindred.Contracts.Refusals;
using Kindred.Contracts.Telemetry;
using Kindred.Contracts.Tenants;
using Kindred.Contracts.Usage;
using Kindred.Serving.Watching;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Kindred.Operations;

/// <summary>From request to answer: may the principal, is it valid, is it theirs, then the handler, in the principal's name.</summary>
internal sealed class OperationInvoker(
    OperationTable table, ChangeAudit audit, IUsageMeter usage, ITenantStandings standings, TenantTurns turns, IServiceProvider services,
    IOptions<OperationOptions> options) : IOperationInvoker
{
    private static readonly byte[] EmptyObject = "{}"u8.ToArray();

    public async ValueTask InvokeAsync(
        Principal principal, OperationCall call, IBufferWriter<byte> answer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(principal);
        var (operation, account, started) = (call.Operation.Name, principal.Account, Stopwatch.GetTimestamp());
        using var activity = KindredTelemetry.Activities.StartActivity(operation);
        activity?.SetTag(TelemetryAttributes.Operation, operation).SetTag(TelemetryAttributes.Tenant, account);
        try
        {
            await ServeAsync(principal, call, answer, cancellationToken);
        }
        catch (Exception failure)
        {
            var error = OperationMetrics.ErrorOf(failure);
            activity?.SetTag(TelemetryAttributes.ErrorType, error);
            if (failure is not (RefusedException or OperationCanceledException)) activity?.SetStatus(ActivityStatusCode.Error);
            OperationMetrics.Failed(operation, account, started, error);
            throw;
        }
        OperationMetrics.Answered(operation, account, started);
    }

    private async ValueTask ServeAsync(
        Principal principal, OperationCall call, IBufferWriter<byte> answer, CancellationToken cancellationToken)
    {
        var operation = call.Operation;
        await standings.RequireActiveAsync(principal.Account);
        if (!call.IsOfPage) standings.TakeRequest(principal.Account);
        principal.Require(OperationScopes.Required(operation), $"personalize:{operation.Name}");

        var check = RequestCheck.Of(call.Body.Span, operation.Input);
        if (!check.IsValid && operation.Name is "PutEvents") services.GetService<EventWatch>()?.RefuseUnread(principal.Account, check.Message);
        if (!check.IsValid)
            throw new RefusedException(check.Malformed is null ? RefusalCode.InvalidInput : RefusalCode.Malformed, check.Message);
        var caller = new Caller(principal.Account, options.Value.Region, call.InvocationId);
        ArnGuard.Check(check.Arns, operation, caller);

        var handler = table.Find(operation.Name) ?? throw new RefusedException(RefusalCode.UnknownOperation,
            $"The operation '{operation.Name}' is part of the contract, and is not served here.");
        // The grains compare the principal's account with the one they belong to.
        using var entered = CallerContext.Enter(principal);
        // An empty body stands for an empty object, for the handler as for the check.
        var body = call.Body.IsEmpty ? EmptyObject : call.Body;
        var context = new OperationContext(caller, services, cancellationToken);
        if (ChangeAudit.Concerns(operation))
        {
            await ChangeAsync(principal, call with { Body = body }, handler, context, answer);
            usage.Count(principal.Account, UsageMeasure.ControlRequests, "");
            return;
        }
        if (operation.Service is not ContractService.Runtime)
        {
            await handler(body, context, answer);
            if (operation.Service is ContractService.Control && !call.IsOfPage) usage.Count(principal.Account, UsageMeasure.ControlRequests, "");
            return;
        }

        // These compute for as long as they take; everything else waits for grains and disks.
        await turns.EnterAsync(principal.Account, cancellationToken);
        try
        {
            await handler(body, context, answer);
        }
        finally
        {
            turns.Leave();
        }
    }

    /// <summary>A change is in the trail before its answer goes out.</summary>
    private async Task ChangeAsync(
        Principal principal, OperationCall call, OperationHandler handler, OperationContext context, IBufferWriter<byte> answer)
    {
        var before = await audit.DescribeAsync(call, context);
        var written = new ArrayBufferWriter<byte>();
        await handler(call.Body, context, written);
        await audit.RecordAsync(principal, call, before, written.WrittenSpan);
        answer.Write(written.WrittenSpan);
    }
}
