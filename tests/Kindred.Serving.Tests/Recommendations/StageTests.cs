using Kindred.Contracts.Arns;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Protocol.Events;
using Kindred.Serving.Models;
using Kindred.Serving.Recommendations;
using Kindred.Serving.Recommendations.Stages;
using Kindred.Serving.Records;
using Kindred.Serving.Tests.World;

namespace Kindred.Serving.Tests.Recommendations;

/// <summary>Stages run one by one on a working set, without a request.</summary>
public sealed class StageTests : IDisposable
{
    private static readonly string[] TenItems = [.. Enumerable.Range(0, 10).Select(i => $"i{i}")];
    private readonly ServingWorld _world = new();
    private readonly Arn _group;
    private readonly OpenModel _model = new FakeModel("aws-user-personalization-v2", TenItems).Open();

    public StageTests() => _group = _world.AddGroup(ServingWorld.Alice);

    [Fact]
    public async Task Run_KnownImportedAndPutItemsExcluded_OneBitmapHidesThemAll()
    {
        await _world.ImportAsync(
            _group, DatasetTypes.Items, "ITEM_ID,CATEGORY,PRICE,CREATION_TIMESTAMP\ni1,a,1,\nimported,a,1,\nimported too,a,1,\n");
        await _world.PutItemAsync(ServingWorld.Alice, "put", """{"category":"a"}""");
        await _world.PutItemAsync(ServingWorld.Alice, "put too", """{"category":"a"}""");
        using var group = (await _world.Groups.BorrowAsync(_group, default))!.Value;
        using var work = new RecommendationWork(Query() with { Count = 20, Exploration = new(0.5, TimeSpan.FromDays(30)) }, _model, group.Value);

        CandidateStage.Run(work);
        foreach (var hidden in new[] { "i1", "imported", "put" }) work.Excluded.Set(work.Space.Find(hidden));
        ExplorationStage.Run(work);
        TopStage.Run(work);
        BlendStage.Run(work);

        var shown = AnswerStage.Run(work).Select(item => item.ItemId!).Order(StringComparer.Ordinal);
        Assert.Equal([.. TenItems.Where(item => item != "i1"), "imported too", "put too"], shown);
    }

    [Fact]
    public async Task Run_GivenItemsExcluded_AreLeftOutWhetherKnownOrNot()
    {
        using var group = (await _world.Groups.BorrowAsync(_group, default))!.Value;
        using var work = new RecommendationWork(Query() with { Given = ["x", "i5", "y", "i2"] }, _model, group.Value);

        CandidateStage.Run(work);
        work.Excluded.Set(work.Space.Find("i2"));
        work.Excluded.Set(work.Space.Count + 2); // "y", the third of the given, whom nobody knows
        OrderStage.Run(work, work.Query.Given!);

        Assert.Equal(["i5", "x"], AnswerStage.Run(work).Select(item => item.ItemId));
    }

    [Fact]
    public async Task TryGetUser_AfterPutUsers_TheNextQuerySeesTheAttribute()
    {
        Assert.Null(await AgeOfTheCurrentUserAsync());

        await _world.Ingestion.PutUsersAsync(
            new PutUsersRequest
            {
                DatasetArn = Arn.Dataset(ServingWorld.Region, ServingWorld.Alice.Account, "shop", DatasetTypes.Users).ToString(),
                Users = [new User { UserId = "u", Properties = """{"age":30}""" }],
            }, ServingWorld.Alice, default);

        Assert.Equal("30", await AgeOfTheCurrentUserAsync());
    }

    private async Task<string?> AgeOfTheCurrentUserAsync()
    {
        using var group = (await _world.Groups.BorrowAsync(_group, default))!.Value;
        using var work = new RecommendationWork(Query(), _model, group.Value);
        return work.TryGetUser(out var user) ? user.Value(RecordColumn.Of("AGE", group.Value.Users.Catalog)) : null;
    }

    private RecommendationQuery Query() => new() { UserId = "u", Now = _world.Clock.GetUtcNow() };

    public void Dispose()
    {
        _model.Dispose();
        _world.Dispose();
    }
}
