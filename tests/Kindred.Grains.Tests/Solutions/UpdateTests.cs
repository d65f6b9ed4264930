using System.Globalization;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Campaigns;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Refusals;
using Kindred.Contracts.Solutions;
using Kindred.Grains.Resources;
using Kindred.Grains.Solutions;
using Kindred.Grains.Tests.World;
using Kindred.Recipes;
using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Catalog;
using Kindred.Storage.Events;
using Kindred.Testing;

namespace Kindred.Grains.Tests.Solutions;

/// <summary><c>trainingMode</c> UPDATE and <c>performIncrementalUpdate</c>.</summary>
[Collection("silo")]
public sealed class UpdateTests(SiloFixture fixture)
{
    private const string TextsSchema =
        """
        {"type":"record","name":"Items","namespace":"com.amazonaws.personalize.schema","fields":[
        {"name":"ITEM_ID","type":"string"},{"name":"NAME","type":"string","itemName":true},{"name":"TEXT","type":"string","textual":true}],"version":"1.0"}
        """;

    [Theory]
    [InlineData("aws-user-personalization")]
    [InlineData("kindred-transformer")]
    public async Task Update_NewerDataWithANewItem_GoesOnFromTheFullModel(string recipe)
    {
        var shop = await NewShopAsync(recipe);
        var full = await shop.StartTrainingAsync();
        await shop.VersionAsync(full);
        await Eventually.IsTrueAsync(async () => (await StateAsync(full)).Refinement is not Refinement.UnderWay);
        await shop.ImportAsync("newer", Shop.Interactions() + Novelty());

        var updated = await shop.StartTrainingAsync("UPDATE");
        var version = await shop.VersionAsync(updated);

        Assert.Equal((ResourceStatus.Active, null, "UPDATE"), (version.Status, version.FailureReason, version.TrainingMode));
        var (before, after) = (await StateAsync(full), await StateAsync(updated));
        Assert.Equal((full, Refinement.None, before.Rung), (after.UpdatesVersionArn, after.Refinement, after.Rung));
        Assert.Equal(before.Metrics!.Keys.Order(StringComparer.Ordinal), after.Metrics!.Keys.Order(StringComparer.Ordinal));
        using var model = Open(recipe, after);
        Assert.True(model.Items.TryFind("novelty", out var novelty));
        var scores = new float[model.Items.Count];
        Assert.True(model.Items.TryFind("i3", out var item));
        model.Score(new ScoreQuery { History = [new HistoryEvent(item, -1, 1_750_000_000)] }, scores);
        Assert.True(scores.Count(score => score > scores[novelty]) < 10, "Everybody went on from i3 to the new item.");

        var again = await shop.VersionAsync(await shop.StartTrainingAsync("UPDATE"));
        Assert.Equal(ResourceStatus.Active, again.Status);
        Assert.Equal(updated, (await StateAsync(again.SolutionVersionArn!)).UpdatesVersionArn);
    }

    [Fact]
    public async Task Update_WhileTheFullModelIsStillTrained_BeginsAnewInsteadOfRefusing()
    {
        var shop = await NewShopAsync("aws-user-personalization");
        var arn = await shop.StartTrainingAsync();
        await shop.VersionAsync(arn);
        var quick = await StateAsync(arn) with { Refinement = Refinement.UnderWay };
        var solution = await fixture.Silo.Grains.FindAsync<SolutionState>(shop.SolutionArn);
        var faults = new Faults();

        UpdateRules.Check(solution!.Solution, [quick], faults);

        faults.ThrowIfAny();
        Assert.Null(UpdateRules.BaseOf([quick]));
        Assert.NotNull(UpdateRules.BaseOf([quick, quick with { Refinement = Refinement.Done }]));
    }

    [Fact]
    public async Task Update_WhereItCannotBe_SaysWhy()
    {
        var (without, v2) = (await NewShopAsync("aws-user-personalization"), await NewShopAsync("aws-user-personalization-v2"));

        var noVersion = await Assert.ThrowsAsync<RefusedException>(() => without.StartTrainingAsync("UPDATE"));
        var noMode = await Assert.ThrowsAsync<RefusedException>(() => v2.StartTrainingAsync("UPDATE"));
        var unknown = await Assert.ThrowsAsync<RefusedException>(() => v2.StartTrainingAsync("AUTOTRAIN"));

        Assert.Equal(
            $"trainingMode is UPDATE, but {without.SolutionArn} has no ACTIVE version that was trained with FULL; train one first.",
            noVersion.Message);
        Assert.Equal(
            "trainingMode is UPDATE, which aws-user-personalization-v2 does not have; it is for aws-user-personalization, "
            + "aws-hrnn-coldstart, kindred-transformer, kindred-ensemble. FULL was expected.",
            noMode.Message);
        Assert.Equal("trainingMode is AUTOTRAIN; FULL or UPDATE was expected.", unknown.Message);
    }

    [Fact]
    public async Task IncrementalUpdate_ItemsThatCameLater_AreRelatedByTheModelThatServes()
    {
        var shop = await NewShopAsync(recipe: null);
        await shop.OpenItemsAsync(TextsSchema);
        await shop.ImportAsync("items", Texts(), datasetArn: shop.ItemsArn);
        await shop.Tenant.CreateSolutionAsync(
            new()
            {
                Name = "best",
                DatasetGroupArn = shop.GroupArn,
                RecipeArn = Recipe("aws-semantic-similarity"),
                PerformAutoTraining = false,
                PerformIncrementalUpdate = true,
            },
            shop.Caller);
        var version = await shop.StartTrainingAsync();
        await shop.VersionAsync(version);
        var campaign = (await shop.Tenant.CreateCampaignAsync(new() { Name = "home", SolutionVersionArn = version }, shop.Caller)).CampaignArn!;
        await shop.CampaignAsync(campaign);
        var first = await StateAsync(version);

        await UpdateIfDueAsync(shop);
        var unchanged = await StateAsync(version); // nothing new has come
        await shop.Silo.Get<IEventLog>().AppendAsync(
            Arn.Parse(shop.GroupArn),
            [new StreamedItem("late", """{"name":"red boots","text":"boots for walking in red leather"}""")],
            CancellationToken.None);
        await UpdateIfDueAsync(shop);
        await Eventually.IsTrueAsync(async () => (await StateAsync(version)).Updates == 1);
        var second = await StateAsync(version);
        await Eventually.IsTrueAsync(() => Task.FromResult(!File.Exists(PathOf(first))));
        await shop.ImportAsync("items2", Texts("later,blue boots,boots for walking in blue leather"), datasetArn: shop.ItemsArn);
        await UpdateIfDueAsync(shop);
        await Eventually.IsTrueAsync(async () => (await StateAsync(version)).Updates == 2);

        var third = await StateAsync(version);
        Assert.Equal((0, false), (unchanged.Updates, unchanged.IsUpdating));
        Assert.Equal((ResourceStatus.Active, Refinement.Done, false), (second.Version.Status, second.Refinement, second.IsUpdating));
        Assert.Equal(3, new[] { first.ArtifactPath, second.ArtifactPath, third.ArtifactPath }.Distinct().Count());
        await Eventually.IsTrueAsync(async () =>
            (await shop.Silo.Grains.FindAsync<CampaignState>(campaign))!.Serving!.ArtifactPath == third.ArtifactPath);
        using var model = Open("aws-semantic-similarity", third);
        foreach (var item in (string[])["late", "later"])
        {
            Assert.True(model.Items.TryFind(item, out var code));
            var scores = new float[model.Items.Count];
            Assert.True(model.TryScoreRelated(new RelatedQuery(code), scores));
            Assert.True(
                int.Parse(model.Items[Array.IndexOf(scores[..40], scores[..40].Max())][1..], CultureInfo.InvariantCulture) < 20,
                $"{item} is a pair of boots.");
        }
        await shop.Tenant.DeleteCampaignAsync(new() { CampaignArn = campaign }, shop.Caller);
        await shop.Tenant.DeleteSolutionAsync(new() { SolutionArn = shop.SolutionArn }, shop.Caller);
        Assert.False(File.Exists(PathOf(third)));
    }

    [Fact]
    public async Task IncrementalUpdate_OfAnotherRecipe_IsRefused()
    {
        var shop = await NewShopAsync("aws-sims");

        var created = await Assert.ThrowsAsync<RefusedException>(() => shop.Tenant.CreateSolutionAsync(
            new() { Name = "other", DatasetGroupArn = shop.GroupArn, RecipeArn = Recipe("aws-sims"), PerformIncrementalUpdate = true }, shop.Caller));
        var updated = await Assert.ThrowsAsync<RefusedException>(
            () => shop.Tenant.UpdateSolutionAsync(new() { SolutionArn = shop.SolutionArn, PerformIncrementalUpdate = true }, shop.Caller));

        Assert.Equal("performIncrementalUpdate is for aws-semantic-similarity; aws-sims has none.", created.Message);
        Assert.Equal(created.Message, updated.Message);
    }

    /// <summary>Everybody went on from i3 to a new item.</summary>
    private static string Novelty() => string.Concat(Enumerable.Range(0, 60).Select(user =>
        string.Create(CultureInfo.InvariantCulture, $"u{user},i3,{1_750_000_000 + user},View\nu{user},novelty,{1_750_000_060 + user},View\n")));

    /// <summary>What the reminder begins; the tenant hears of it one way, and answers the second call after that.</summary>
    private static async Task UpdateIfDueAsync(Shop shop)
    {
        await shop.Silo.Get<NewItemsProbe>().LookAsync(Arn.Parse(shop.SolutionArn));
        await shop.Tenant.CreateAsync(null);
    }

    private async Task<Shop> NewShopAsync(string? recipe)
    {
        var shop = await new Shop(fixture.Silo, SiloFixture.NewTenant()).OpenAsync();
        Assert.Equal(ResourceStatus.Active, (await shop.ImportAsync("first", Shop.Interactions())).Status);
        if (recipe is not null) await shop.CreateSolutionAsync(recipe: recipe);
        return shop;
    }

    private async Task<SolutionVersionState> StateAsync(string version) =>
        (await fixture.Silo.Grains.FindAsync<SolutionVersionState>(version))!;

    private ITrainedModel Open(string recipe, SolutionVersionState version) =>
        RecipeCatalog.Implementation(recipe)!.Open(ModelArtifact.Open(PathOf(version)));

    private string PathOf(SolutionVersionState version) => Path.Combine(fixture.DataPath, version.ArtifactPath!);

    private static string Recipe(string name) => $"arn:aws:personalize:::recipe/{name}";

    private static string Texts(params string[] more) => string.Join(
        '\n',
        [
            "ITEM_ID,NAME,TEXT",
            .. Enumerable.Range(0, 40)
            .Select(
                i => i < 20 ? $"i{i},boots {i},boots for walking number{i} leather" : $"i{i},lamp {i},lamp for reading number{i} glass"),
            .. more,
        ]) + "\n";
}
