using System.Text;
using Kindred.Contracts.Protocol;
using Kindred.Contracts.Protocol.Validation;

namespace Kindred.Contracts.Tests.Protocol;

public sealed class RequestCheckTests
{
    [Fact]
    public void Of_ASampleOfEveryOperation_IsValid() => Assert.All(ContractOperations.All, operation =>
        Assert.Equal("", Check(operation.Name, SampleRequests.For(operation).ToJsonString()).Message));

    [Fact]
    public void Of_SeveralFaults_ReportsThemAllInTheWordsOfAws()
    {
        var check = Check(
            "CreateSolution",
            """{"name":"-bad name","datasetGroupArn":7,"solutionConfig":{"eventsConfig":{"eventParametersList":[{"weight":2}]}}}""");

        Assert.Equal(3, check.FaultCount);
        Assert.Equal(
            "3 validation errors detected: "
            + @"Value '-bad name' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[a-zA-Z0-9][a-zA-Z0-9\-_]*; "
            + "Value at 'datasetGroupArn' failed to satisfy constraint: Member must be a string, not a number; "
            + "Value '2' at 'solutionConfig.eventsConfig.eventParametersList.1.member.weight' failed to satisfy constraint: "
            + "Member must have value less than or equal to 1",
            check.Message);
    }

    [Theory]
    [InlineData("CreateSchema", """{}""", "Value null at 'name'", "Value null at 'schema'")]
    [InlineData("CreateSchema", """{"name":null,"schema":"{}"}""", "Value null at 'name' failed to satisfy constraint: Member must not be null")]
    [InlineData("CreateSchema", """{"name":"","schema":"{}"}""", "length greater than or equal to 1", "regular expression pattern")]
    [InlineData("CreateSchema", """{"name":"a\n","schema":"{}"}""", "regular expression pattern")]
    [InlineData("CreateSchema", """{"name":"a","schema":"\u0000"}""", "Member must not contain the NUL character")]
    [InlineData("CreateSchema", """{"name":"a","schema":"\ud800"}""", "'schema' failed to satisfy constraint: Member must be valid Unicode text")]
    [InlineData("CreateSchema", """{"name":"a","schema":"{}","domain":"SHOES"}""", "enum value set: [ECOMMERCE, VIDEO_ON_DEMAND]")]
    [InlineData("CreateSchema", """{"name":"a","name":"b","schema":"{}"}""", "'name' failed to satisfy constraint: Member must be given only once")]
    [InlineData("ListSchemas", """{"maxResults":0}""", "Value '0' at 'maxResults' failed to satisfy constraint: "
        + "Member must have value greater than or equal to 1")]
    [InlineData("ListSchemas", """{"maxResults":101}""", "less than or equal to 100")]
    [InlineData("ListSchemas", """{"maxResults":1.5}""", "whole number")]
    [InlineData("ListSchemas", """{"maxResults":99999999999}""", "whole number")]
    [InlineData("ListSchemas", """{"maxResults":"5"}""", "Member must be a whole number, not a string")]
    [InlineData("ListSchemas", """{"nextToken":"é"}""", "regular expression pattern")]
    [InlineData("CreateSolution", """{"name":"a","datasetGroupArn":"arn:aws:personalize:::x","performHPO":"yes"}""", "Member must be true or false, not a string")]
    [InlineData("CreateSolution", """{"name":"a","datasetGroupArn":"arn:aws:personalize:::x","solutionConfig":[]}""", "Member must be an object, not a list")]
    [InlineData("CreateSolution", """{"name":"a","datasetGroupArn":"arn:aws:personalize:::x","solutionConfig":{"eventsConfig":{"eventParametersList":[{"weight":1e999}]}}}""", "finite number")]
    [InlineData("GetRecommendations", """{"numResults":-1}""", "greater than or equal to 0")]
    [InlineData("GetRecommendations", """{"context":{"a b":"c"}}""", "at 'context' failed to satisfy constraint: "
        + "Map keys must satisfy constraint: [Member must satisfy regular expression pattern")]
    [InlineData("GetRecommendations", """{"context":{"a":null}}""", "'context.a' failed to satisfy constraint: Member must not be null")]
    [InlineData("GetRecommendations", """{"context":{"a":"1","a":"2"}}""", "'context.a' failed to satisfy constraint: "
        + "Member must be given only once")]
    [InlineData("GetRecommendations", """{"metadataColumns":{"A":["x"],"B":["y"]}}""", "Member must have length less than or equal to 1, not 2")]
    [InlineData("GetPersonalizedRanking", """{"campaignArn":"arn:aws:personalize:::x","userId":"u","inputList":["a",null]}""", "'inputList.2.member' failed to satisfy constraint: Member must not be null")]
    [InlineData("PutEvents", """{"trackingId":"t","sessionId":"s","eventList":[]}""", "Member must have length greater than or equal to 1, not 0")]
    [InlineData("PutEvents", """{"trackingId":"t","sessionId":"s","eventList":[{"eventType":"v","sentAt":"2026-11-23T22:15:07Z"}]}""", "Member must be a number of seconds since 1970-01-01T00:00:00Z, not a string")]
    [InlineData("PutEvents", """{"trackingId":"t","sessionId":"s","eventList":[{"eventType":"v","sentAt":-1}]}""", "from 0 to")]
    [InlineData("PutEvents", """{"trackingId":"t","sessionId":"s","eventList":[{"eventType":"v","sentAt":1e300}]}""", "from 0 to")]
    [InlineData("PutEvents", """{"trackingId":"t","sessionId":"s","eventList":[{"eventType":"v","sentAt":1,"eventValue":1e39}]}""", "32-bit float")]
    [InlineData("PutEvents", """{"trackingId":"t","sessionId":"s","eventList":[{"eventType":"v","sentAt":1,"properties":{"a":1}}]}""", "Member must be a string, not an object")]
    [InlineData("PutEvents", """{"trackingId":"t","sessionId":"s","eventList":[{"eventType":"v","sentAt":1,"properties":"[1]"}]}""", "'eventList.1.member.properties' failed to satisfy constraint: Member must be a JSON object encoded as a string")]
    [InlineData("PutEvents", """{"trackingId":"t","sessionId":"s","eventList":[{"eventType":"v","sentAt":1,"properties":"{\"a\":\"\\ud800\"}"}]}""", "JSON object encoded as a string")]
    [InlineData("GetRecommendations", """{"\ud800":1}""", "Member names must be valid Unicode text")]
    public void Of_AFault_NamesTheMemberAndTheConstraint(string operation, string body, params string[] expected)
    {
        var check = Check(operation, body);

        Assert.False(check.IsValid);
        Assert.All(expected, part => Assert.Contains(part, check.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData(""" {"numResults":0} """)]
    [InlineData("""{"numResults":null,"context":null}""")]
    [InlineData("""{"somethingNewer":{"deep":[1,{"x":null}]},"userId":"u"}""")]
    [InlineData("""{"\u0075serId":"u"}""")]
    public void Of_AbsentNullUnknownAndEscapedMembers_IsValid(string body) => Assert.Equal("", Check("GetRecommendations", body).Message);

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"{}\"")]
    [InlineData("{} {}")]
    [InlineData("{}x")]
    [InlineData("""{"a":NaN}""")]
    [InlineData("""{"a":1,}""")]
    [InlineData("""{/* c */}""")]
    [InlineData("""{'a':1}""")]
    [InlineData("\uFEFF{}")]
    public void Of_NotOneJsonObject_IsMalformed(string body) => Assert.NotNull(Check("GetRecommendations", body).Malformed);

    [Fact]
    public void Of_InvalidUtf8_IsMalformed() =>
        Assert.Equal(
            "The request is not valid UTF-8.",
            RequestCheck.Of([.. "{\"userId\":\""u8, 0xC3, 0x28, .. "\"}"u8], Rule("GetRecommendations")).Malformed);

    [Fact]
    public void Of_DeeperThanTheLimit_IsMalformedEvenInAnUnknownMember()
    {
        Assert.True(Check("GetRecommendations", $$"""{"x":{{new string('[', 31)}}{{new string(']', 31)}}}""").IsValid);
        Assert.NotNull(Check("GetRecommendations", $$"""{"x":{{new string('[', 100_000)}}""").Malformed);
    }

    [Theory]
    [InlineData(256, true)]
    [InlineData(257, false)]
    public void Of_LengthOfText_CountsCodePoints(int length, bool valid)
    {
        Assert.Equal(valid, Check("GetRecommendations", $$"""{"userId":"{{string.Concat(Enumerable.Repeat("🙂", length))}}"}""").IsValid);
        Assert.Equal(valid, Check("GetRecommendations", $$"""{"userId":"{{string.Concat(Enumerable.Repeat("\\ud83d\\ude42", length))}}"}""").IsValid);
    }

    [Fact]
    public void Of_SensitiveValue_IsNotRepeated()
    {
        var check = Check("PutEvents", """{"trackingId":"t","sessionId":"s","userId":"secret\u0000","eventList":[{"eventType":"v","sentAt":1}]}""");

        Assert.Equal(1, check.FaultCount);
        Assert.DoesNotContain("secret", check.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_ThousandsOfFaults_CountsThemAllAndShowsFew()
    {
        var check = Check(
            "GetPersonalizedRanking",
            $$"""{"campaignArn":"x","userId":"u","inputList":[{{string.Join(',', Enumerable.Repeat("1", 100_000))}}]}""");

        Assert.Equal(100_001, check.FaultCount);
        Assert.Equal(25, check.Faults.Count);
        Assert.EndsWith("; and 99976 more", check.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_ALongValue_IsShownShortened() =>
        Assert.True(Check("GetRecommendations", $$"""{"userId":"{{new string('x', 900_000)}}"}""").Message.Length < 300);

    [Fact]
    public void Of_NestedArns_AreAllNoted() => Assert.Equal(
        [new("campaignArn", "arn:aws:personalize:::a"), new("promotions.1.member.filterArn", "arn:aws:personalize:::b")],
        Check(
            "GetRecommendations",
            """{"campaignArn":"arn:aws:personalize:::a","promotions":[{"name":"n","filterArn":"arn:aws:personalize:::b"}]}""").Arns);

    private static RequestCheck Check(string operation, string body) => RequestCheck.Of(Encoding.UTF8.GetBytes(body), Rule(operation));

    private static StructureRule Rule(string operation) => ContractOperations.Find(operation)!.Input;
}
