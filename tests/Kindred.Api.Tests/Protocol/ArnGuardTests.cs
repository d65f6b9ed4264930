using System.Text;
using Kindred.Contracts.Protocol;
using Kindred.Contracts.Tests.Protocol;

namespace Kindred.Api.Tests.Protocol;

/// <summary>Every operation of the contract, with every member that can name a resource, over HTTP.</summary>
public sealed class ArnGuardTests(ApiServer server) : IClassFixture<ApiServer>
{
    private const string Mine = $"arn:aws:personalize:{ApiServer.Region}:{ApiServer.Account}:solution/sample/0a1b2c3d";

    public static TheoryData<string, int> Members
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (var operation in ContractOperations.All)
            {
                for (var i = 0; i < operation.ArnMembers.Count; i++) data.Add(operation.Name, i);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Members))]
    public async Task AnotherTenantsArn_InAnyMember_IsRefused(string name, int member)
    {
        var operation = ContractOperations.Find(name)!;
        var body = SampleRequests.For(operation).ToJsonString();
        Assert.Equal(operation.ArnMembers.Count, Positions(body).Count);

        (await SendAsync(operation, body)).AssertError(404, "UnknownOperationException"); // let in: no handler is there
        (await SendAsync(operation, With(body, member, Mine.Replace(ApiServer.Account, "999999999999", StringComparison.Ordinal))))
            .AssertError(403, "AccessDeniedException");
        (await SendAsync(operation, With(body, member, Mine.Replace(ApiServer.Account, "", StringComparison.Ordinal))))
            .AssertError(403, "AccessDeniedException");
        (await SendAsync(operation, With(body, member, "arn:aws:personalize:::campaign/anybodys"))).AssertError(403, "AccessDeniedException");
    }

    [Theory]
    [InlineData("arn:aws:personalize:eu-west-1:123456789012:schema/s", 400, "ResourceNotFoundException")]
    [InlineData("arn:aws-cn:personalize:us-east-1:123456789012:schema/s", 400, "InvalidInputException")]
    [InlineData("arn:aws:personalize:us-east-1:123456789012:schema/../../999999999999/s", 400, "InvalidInputException")]
    [InlineData("arn:aws:personalize:us-east-1:123456789012:schema/a:arn:aws:personalize:us-east-1:999999999999:schema/b", 400, "InvalidInputException")]
    [InlineData("arn:aws:personalize:us-east-1: 123456789012:schema/s", 400, "InvalidInputException")]
    [InlineData("arn:aws:personalize:::recipe/aws-sims", 404, "UnknownOperationException")]
    public async Task Arn_OfAnotherRegionOrForm_IsRefused(string arn, int status, string code) =>
        (await SendAsync(ContractOperations.Find("DescribeSchema")!, $$"""{"schemaArn":"{{arn}}"}""")).AssertError(status, code);

    private Task<RawAnswer> SendAsync(ContractOperation operation, string body)
    {
        List<(string, string)> headers = [("Host", "x"), ("x-api-key", $"{ApiServer.KeyId}:{ApiServer.Secret}")];
        if (operation.Target is { } target) headers.Add(("X-Amz-Target", target));
        return RawHttp.SendAsync(server, operation.Method, operation.Path, headers, Encoding.UTF8.GetBytes(body));
    }

    private static List<int> Positions(string body)
    {
        var found = new List<int>();
        for (var at = body.IndexOf(Mine, StringComparison.Ordinal); at >= 0; at = body.IndexOf(Mine, at + 1, StringComparison.Ordinal)) found.Add(at);
        return found;
    }

    private static string With(string body, int member, string arn) =>
        string.Concat(body.AsSpan(0, Positions(body)[member]), arn, body.AsSpan(Positions(body)[member] + Mine.Length));
}
