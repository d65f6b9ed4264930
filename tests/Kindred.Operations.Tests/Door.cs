using Kindred.Contracts.Access;
using Kindred.Contracts.Operations;
using Kindred.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Kindred.Operations.Tests;

/// <summary>An invoker over handlers of the test's own.</summary>
internal sealed class Door
{
    public const string Account = "123456789012";
    public const string Region = "us-east-1";

    public Door() => Invoker = new OperationInvoker(
        Table, new ChangeAudit(Table, Audit), Usage, Tenants, new TenantTurns(4, 4), new ServiceCollection().BuildServiceProvider(),
        Options.Create(new OperationOptions { Region = Region }));

    public ActiveTenants Tenants { get; } = new();
    public CountedUsage Usage { get; } = new();
    public RecordedAudit Audit { get; } = new();
    public OperationTable Table { get; } = new();
    public IOperationInvoker Invoker { get; }

    public static Principal Somebody(AccessScopes scopes) => Principal.OfPerson(Account, "ann", scopes);
}
