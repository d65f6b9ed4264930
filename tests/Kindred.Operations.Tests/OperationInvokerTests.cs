using System.Buffers;
using System.Text;
using Kindred.Contracts.Access;
using Kindred.Contracts.Operations;
using Kindred.Contracts.Protocol;
using Kindred.Contracts.Protocol.Runtime;
using Kindred.Contracts.Refusals;
using Kindred.Contracts.Tests.Protocol;

namespace Kindred.Operations.Tests;

/// <summary>The one way to the operations: what it refuses, for every operation of the contract, and in whose name it runs them.</summary>
public sealed class OperationInvokerTests
{
    private readonly Door _door = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string> Operations => [.. ContractOperations.All.Select(operation => operation.Name)];

    [Theory, MemberData(nameof(Operations))]
    public async Task AnyOperation_WithoutItsScope_IsRefusedBeforeAnythingElse(string name)
    {
        var operation = ContractOperations.Find(name)!;
        var needed = OperationScopes.Required(operation);
        // Whoever may change resources may read them.
        var gives = needed is AccessScopes.Read ? AccessScopes.Read | AccessScopes.Control : needed;
        var others = Door.Somebody(AccessScopes.All & ~gives);

        foreach (var principal in (Principal[])[others, Door.Somebody(AccessScopes.None)])
        {
            var refused = await RefusedAsync(principal, operation, "not even JSON");
            Assert.Equal(RefusalCode.AccessDenied, refused.Code);
            Assert.Contains($"personalize:{name}. They lack the scope", refused.Message, StringComparison.Ordinal);
        }
    }

    [Theory, MemberData(nameof(Operations))]
    public async Task AnyOperation_OfASuspendedTenant_IsRefusedBeforeAnythingElse(string name)
    {
        _door.Tenants.Suspended.Add(Door.Account);

        var refused = await RefusedAsync(Door.Somebody(AccessScopes.All), ContractOperations.Find(name)!, "not even JSON");

        Assert.Equal(RefusalCode.AccessDenied, refused.Code);
        Assert.Contains("suspended", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Control_OfAKeyFromBeforeThereWasRead_ReadsAll_AndReadChangesNothing()
    {
        var (control, read) = (Door.Somebody(AccessScopes.Control), Door.Somebody(AccessScopes.Read));

        Assert.All(ContractOperations.All.Where(o => o.Service is ContractService.Control), operation =>
        {
            control.Require(OperationScopes.Required(operation), operation.Name);
            var changes = ((string[])["Create", "Update", "Delete", "Start", "Stop", "Tag", "Untag"]).Any(
                verb => operation.Name.StartsWith(verb, StringComparison.Ordinal));
            Assert.NotEqual(changes, (read.Scopes & OperationScopes.Required(operation)) != 0);
        });
    }

    [Fact]
    public async Task AChange_IsInTheTrail_WithWhatWasThereBefore_AndReadingIsNot()
    {
        const string Arn = $"arn:aws:personalize:{Door.Region}:{Door.Account}:campaign/shop";
        const string Request = $$"""{"campaignArn":"{{Arn}}","minProvisionedTPS":2}""";
        _door.Table.Handle<DescribeCampaignRequest, DescribeCampaignResponse>("DescribeCampaign", (_, _) =>
            Task.FromResult(new DescribeCampaignResponse { Campaign = new Campaign { Name = "shop", MinProvisionedTPS = 1 } }));
        _door.Table.Handle<UpdateCampaignRequest, UpdateCampaignResponse>("UpdateCampaign", (request, _) =>
            Task.FromResult(new UpdateCampaignResponse { CampaignArn = request.CampaignArn }));
        _door.Table.Handle<DeleteCampaignRequest>("DeleteCampaign", (_, _) =>
            throw new RefusedException(RefusalCode.ResourceInUse, "It is in use."));
        var principal = Door.Somebody(AccessScopes.Control).From("192.0.2.7");

        await InvokeAsync("DescribeCampaign", $$"""{"campaignArn":"{{Arn}}"}""");
        await InvokeAsync("UpdateCampaign", Request);
        await Assert.ThrowsAsync<RefusedException>(() => InvokeAsync("DeleteCampaign", $$"""{"campaignArn":"{{Arn}}"}"""));

        var change = Assert.Single(_door.Audit.Events);
        Assert.Equal(("person/ann", "personalize:UpdateCampaign", Arn, "192.0.2.7"), (change.Actor, change.Action, change.Target, change.Origin));
        Assert.Contains("\"minProvisionedTPS\":1", change.Before, StringComparison.Ordinal);
        Assert.Equal(Request, change.After);

        async Task InvokeAsync(string name, string body) => await _door.Invoker.InvokeAsync(
            principal, new OperationCall(ContractOperations.Find(name)!, Encoding.UTF8.GetBytes(body)), new ArrayBufferWriter<byte>(), Stop);
    }

    [Theory]
    [InlineData("""{"solutionVersionArn":"VERSION","campaignArn":"CAMPAIGN"}""")]
    [InlineData("""{"madeUpArn":"arn:aws:personalize:us-east-1:111122223333:campaign/other","campaignArn":"CAMPAIGN"}""")]
    [InlineData("""{"madeUpArn":"\ud800","campaignArn":"CAMPAIGN"}""")]
    public async Task AChange_WhateverElseIsNamed_IsInTheTrailUnderWhatItChanges(string request)
    {
        var arn = $"arn:aws:personalize:{Door.Region}:{Door.Account}:campaign/shop";
        var version = $"arn:aws:personalize:{Door.Region}:{Door.Account}:solution/shop/00000001";
        _door.Table.Handle<UpdateCampaignRequest, UpdateCampaignResponse>("UpdateCampaign", (_, _) => Task.FromResult(new UpdateCampaignResponse { CampaignArn = arn }));
        var body = request.Replace("CAMPAIGN", arn, StringComparison.Ordinal).Replace("VERSION", version, StringComparison.Ordinal);

        await _door.Invoker.InvokeAsync(
            Door.Somebody(AccessScopes.Control), new OperationCall(ContractOperations.Find("UpdateCampaign")!, Encoding.UTF8.GetBytes(body)),
            new ArrayBufferWriter<byte>(), Stop);

        Assert.Equal(arn, Assert.Single(_door.Audit.Events).Target);
    }

    [Theory, MemberData(nameof(Operations))]
    public async Task AnyOperation_InScope_IsRefusedForItsBodyThenItsArnsThenBeingUnknown(string name)
    {
        var operation = ContractOperations.Find(name)!;
        var principal = Door.Somebody(OperationScopes.Required(operation));
        var body = SampleRequests.For(operation).ToJsonString();

        Assert.Equal(RefusalCode.Malformed, (await RefusedAsync(principal, operation, "[]")).Code);
        Assert.Equal(RefusalCode.UnknownOperation, (await RefusedAsync(principal, operation, body)).Code);
        if (operation.ArnMembers.Count == 0) return;
        var theirs = body.Replace(Door.Account, "999999999999", StringComparison.Ordinal);
        Assert.Equal(RefusalCode.AccessDenied, (await RefusedAsync(principal, operation, theirs)).Code);
    }

    [Fact]
    public async Task AHandler_RunsInThePrincipalsName_AndLeavesNothingBehind()
    {
        CallerEntry? entered = null;
        Caller? caller = null;
        _door.Table.Handle<ListSchemasRequest, ListSchemasResponse>("ListSchemas", async (request, context) =>
        {
            (entered, caller) = (CallerContext.Current, context.Caller);
            await Task.Yield();
            return new() { NextToken = $"{request.MaxResults}" };
        });
        var answer = new ArrayBufferWriter<byte>();

        var body = """{"maxResults":7}"""u8.ToArray();
        await _door.Invoker.InvokeAsync(
            Door.Somebody(AccessScopes.Control), new OperationCall(ContractOperations.Find("ListSchemas")!, body, "call-1"), answer, Stop);

        Assert.Equal("""{"nextToken":"7"}""", Encoding.UTF8.GetString(answer.WrittenSpan));
        Assert.Equal(new CallerEntry(Door.Account, ActorKind.Person, "ann"), entered);
        Assert.Equal(new Caller(Door.Account, Door.Region, "call-1"), caller);
        Assert.Null(CallerContext.Current);
    }

    [Fact]
    public async Task List_ByAPage_IsNoUseOfTheApi()
    {
        _door.Table.Handle<ListSchemasRequest, ListSchemasResponse>("ListSchemas", (_, _) => Task.FromResult(new ListSchemasResponse()));
        var call = new OperationCall(ContractOperations.Find("ListSchemas")!, "{}"u8.ToArray());

        await _door.Invoker.InvokeAsync<ListSchemasRequest, ListSchemasResponse>(Door.Somebody(AccessScopes.Read), new(), cancellationToken: Stop);
        var counted = await _door.Usage.ReadAsync(Door.Account, default, default, Stop);
        await _door.Invoker.InvokeAsync(Door.Somebody(AccessScopes.Read), call, new ArrayBufferWriter<byte>(), Stop);

        Assert.Empty(counted);
        Assert.Equal(1, Assert.Single(await _door.Usage.ReadAsync(Door.Account, default, default, Stop)).Count);
    }

    [Fact]
    public async Task ATypedCall_IsHeldToTheContractLikeAnyOther()
    {
        var handled = 0;
        _door.Table.Handle<GetRecommendationsRequest, GetRecommendationsResponse>("GetRecommendations", (request, _) =>
        {
            handled++;
            return Task.FromResult(new GetRecommendationsResponse { RecommendationId = request.UserId });
        });
        var principal = Door.Somebody(AccessScopes.Recommend);

        Task<GetRecommendationsResponse> CallAsync(Principal who, GetRecommendationsRequest request) =>
            _door.Invoker.InvokeAsync<GetRecommendationsRequest, GetRecommendationsResponse>(who, request).AsTask();

        var answer = await CallAsync(principal, new() { UserId = "u" });
        var invalid = await Assert.ThrowsAsync<RefusedException>(() =>
            CallAsync(principal, new() { NumResults = -1, UserId = new string('x', 300) }));
        var foreign = await Assert.ThrowsAsync<RefusedException>(() =>
            CallAsync(principal, new() { CampaignArn = "arn:aws:personalize:us-east-1:999999999999:campaign/c", UserId = "u" }));
        var lacking = await Assert.ThrowsAsync<RefusedException>(() =>
            CallAsync(Door.Somebody(AccessScopes.Events), new() { UserId = "u" }));

        Assert.Equal("u", answer.RecommendationId);
        Assert.Equal(RefusalCode.InvalidInput, invalid.Code);
        Assert.StartsWith("2 validation errors detected: ", invalid.Message, StringComparison.Ordinal);
        Assert.Equal((RefusalCode.AccessDenied, RefusalCode.AccessDenied), (foreign.Code, lacking.Code));
        Assert.Equal(1, handled);
    }

    [Fact]
    public async Task ATypedCall_WithoutOutput_Returns_AndWithShapesOfTwoOperationsIsABug()
    {
        _door.Table.Handle<DeleteSchemaRequest>("DeleteSchema", (_, _) => Task.CompletedTask);
        var (principal, request) = (Door.Somebody(AccessScopes.Control),
            new DeleteSchemaRequest { SchemaArn = $"arn:aws:personalize:us-east-1:{Door.Account}:schema/s" });

        await _door.Invoker.InvokeAsync(principal, request);

        await Assert.ThrowsAsync<ArgumentException>(() =>
            _door.Invoker.InvokeAsync<DeleteSchemaRequest, ListSchemasResponse>(principal, request).AsTask());
        await Assert.ThrowsAsync<ArgumentException>(() => _door.Invoker.InvokeAsync(principal, new ListSchemasRequest()).AsTask());
    }

    private Task<RefusedException> RefusedAsync(Principal principal, ContractOperation operation, string body) =>
        Assert.ThrowsAsync<RefusedException>(() => _door.Invoker.InvokeAsync(
            principal, new OperationCall(operation, Encoding.UTF8.GetBytes(body)), new ArrayBufferWriter<byte>(), Stop).AsTask());
}
