using Kindred.Contracts.Protocol;

namespace Kindred.Contracts.Tests.Protocol;

public sealed class ContractOperationsTests
{
    [Fact]
    public void All_HasEveryOperationOfTheThreeServices()
    {
        Assert.Equal(79, ContractOperations.All.Count);
        Assert.Equal(79, ContractOperations.All.Select(o => o.Name).Distinct().Count());
        Assert.Equal(71, ContractOperations.All.Count(o => o.Service == ContractService.Control));
        Assert.Equal(3, ContractOperations.All.Count(o => o.Service == ContractService.Runtime));
        Assert.Equal(5, ContractOperations.All.Count(o => o.Service == ContractService.Events));
    }

    [Fact]
    public void All_ControlOperationsHaveATargetAndTheOthersAPathOfTheirOwn()
    {
        Assert.All(ContractOperations.All, o => Assert.Equal(o.Service == ContractService.Control, o.Target == $"AmazonPersonalize.{o.Name}"));
        Assert.All(ContractOperations.All, o => Assert.Equal(o.Service == ContractService.Control, o.Path == "/"));
        Assert.Equal(8, ContractOperations.All.Where(o => o.Target is null).Select(o => o.Path).Distinct().Count());
    }

    [Fact]
    public void All_ControlErrorsAreDocumentedAs400() => Assert.All(
        ContractOperations.All.Where(o => o.Service == ContractService.Control).SelectMany(o => o.Errors),
        e => Assert.Equal(400, e.HttpStatus));

    [Fact]
    public void Find_GetRecommendations_KnowsItsPathShapesErrorsAndArns()
    {
        var operation = ContractOperations.Find("GetRecommendations")!;

        Assert.Equal(("POST", "/recommendations", 200), (operation.Method, operation.Path, operation.SuccessStatus));
        Assert.Equal(("GetRecommendationsRequest", "GetRecommendationsResponse"), (operation.Input.Name, operation.Output));
        Assert.Equal([new("InvalidInputException", 400), new("ResourceNotFoundException", 404)], operation.Errors);
        Assert.Equal(["campaignArn", "filterArn", "recommenderArn", "promotions[].filterArn"], operation.ArnMembers);
    }

    [Fact]
    public void FindByTarget_IsExact()
    {
        Assert.Equal("DeleteSchema", ContractOperations.FindByTarget("AmazonPersonalize.DeleteSchema")!.Name);
        Assert.Null(ContractOperations.FindByTarget("AmazonPersonalize.deleteschema"));
        Assert.Null(ContractOperations.FindByTarget("AmazonPersonalize.GetRecommendations"));
        Assert.Null(ContractOperations.FindByTarget("DeleteSchema"));
    }

    [Fact]
    public void EveryShapeNamedByAnOperation_HasItsRecord() => Assert.All(ContractOperations.All, operation =>
    {
        var space = operation.Service == ContractService.Control ? "Kindred.Contracts.Protocol" : $"Kindred.Contracts.Protocol.{operation.Service}";
        foreach (var shape in new[] { operation.Input.Name, operation.Output }.OfType<string>())
        {
            var type = typeof(ContractOperation).Assembly.GetType($"{space}.{shape}");
            Assert.NotNull(type);
            Assert.NotNull(WireJson.Default.GetTypeInfo(type));
        }
    });
}
