using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Histories;
using Kindred.Recipes.Interactions;
using Kindred.Recipes.Tests.Data;

namespace Kindred.Recipes.Tests.Histories;

public sealed class ArtifactHistoriesTests
{
    [Fact]
    public void Write_BesideAModel_IsReadBackAndLeavesTheModelAsItWas()
    {
        using var folder = new Temporary();
        var log = PlantedShop.Create(users: 40);
        using var model = Models.Train("aws-user-personalization-v2", log);
        using (var file = File.Create(folder["m"]))
            model.Save(file, writer => new LogHistories(log).Write(writer, "histories"));

        var artifact = ModelArtifact.Open(folder["m"]);
        using var opened = Models.Recipe("aws-user-personalization-v2").Open(artifact);
        var histories = new ArtifactHistories(artifact, "histories");

        Assert.Equal(Models.Bytes(model), Models.Bytes(opened));
        for (var user = 0; user < 40; user++)
        {
            var (expected, actual) = (new HistoryEvent[log.InteractionsOf(user)], new HistoryEvent[histories.LengthOf(user)]);
            log.CopyHistory(log.UserStarts[user], expected);
            histories.Copy(user, actual);
            Assert.Equal(expected, actual);
            Assert.Equal(log.UserIds[user], histories.Users[user]);
        }
        Assert.Throws<ModelArtifactException>(() => new ArtifactHistories(artifact, "others"));
    }

    [Fact]
    public void Build_FractionsOfASecond_DecideTheOrderAndAreThenRoundedDown()
    {
        var builder = new InteractionLogBuilder { TicksPerSecond = 1000 };
        builder.Add("u", "late", 1900);
        builder.Add("u", "early", 1100);
        builder.Add("u", "before 1970", -100);

        var log = builder.Build();

        Assert.Equal(["before 1970", "early", "late"], log.Items.ToArray().Select(item => log.ItemIds[item]));
        Assert.Equal([-1, 1, 1], log.Timestamps.ToArray());
    }
}
