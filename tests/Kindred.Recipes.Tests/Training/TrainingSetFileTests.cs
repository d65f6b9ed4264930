using Kindred.Files;
using Kindred.Recipes.Actions;
using Kindred.Recipes.Interactions;
using Kindred.Recipes.Metadata;
using Kindred.Recipes.Tests.Data;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Tests.Training;

public sealed class TrainingSetFileTests : IDisposable
{
    private readonly Temporary _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void TryRead_WhatWasWritten_IsTheSame()
    {
        var log = DayParts.Create(20, ["DAYPART", "HOUR", "DEVICE"]);
        var items = log.ItemIds.Count;
        var set = new TrainingSet(log)
        {
            Items = new AttributeTable(
                items,
                [new CategoryColumn("GENRE", ["a|b", "nul\0inside", ""], [0, 2, .. Enumerable.Repeat(3, items - 1)], [0, 2, 1])],
                [new NumberColumn("PRICE", [float.NaN, .. Enumerable.Repeat(2.5f, items - 1)])],
                [new TextColumn("TEXT", ["", null, "\u00e9t\u00e9", .. Enumerable.Repeat((string?)null, items - 3)])])
            {
                CreationTimes = [AttributeTable.UnknownTime, .. Enumerable.Repeat(7L, items - 1)],
            },
            Actions = new ActionSet(
                IdsOf("join", "install"),
                [new LoggedAction(1, 0, ActionEvent.Taken, 5), new LoggedAction(0, 1, ActionEvent.NotTaken, 6), new LoggedAction(2, 1, ActionEvent.Viewed, 7)])
            {
                Attributes = new AttributeTable(2, [], [new NumberColumn("COST", [1, float.NaN])], []), Values = new[] { 9f, float.NaN },
            },
        };

        TrainingSetFile.Write(_temporary["data"], set, new Dictionary<string, string> { ["events"] = "7" }, default);
        var (read, facts) = TrainingSetFile.TryRead(_temporary["data"])!.Value;

        Assert.Equal("7", facts["events"]);
        var other = read.Interactions;
        Assert.Equal(Ids(log.UserIds), Ids(other.UserIds));
        Assert.Equal(Ids(log.ItemIds), Ids(other.ItemIds));
        Assert.True(other.ItemIds.TryFind(DayParts.Item(true, 3, 4), out _));
        Assert.Equal(Enumerable.Range(0, log.Count).Select(i => Contexts(log, i)), Enumerable.Range(0, log.Count).Select(i => Contexts(other, i)));
        Assert.Equal(log.Contexts.Select(column => column.Cells?.Count), other.Contexts.Select(column => column.Cells?.Count));
        Assert.Equal(log.EventTypes, other.EventTypes);
        Assert.Equal(log.UserStarts, other.UserStarts);
        Assert.Equal(log.Items, other.Items);
        Assert.Equal(log.Timestamps, other.Timestamps);
        Assert.Equal(log.EventTypeCodes, other.EventTypeCodes);
        Assert.Equal(log.EventValues, other.EventValues);
        Assert.Equal(log.TypeWeights, other.TypeWeights);
        Assert.Null(read.Users);
        Assert.Equivalent(set.Items, read.Items, strict: true);
        Assert.Equal(["join", "install"], Ids(read.Actions!.Ids));
        Assert.Equal(set.Actions.Interactions, read.Actions.Interactions);
        Assert.Equal(set.Actions.Values.ToArray(), read.Actions.Values.ToArray());
        Assert.Equivalent(set.Actions.Attributes, read.Actions.Attributes, strict: true);
    }

    private static IdTable IdsOf(params string[] ids)
    {
        var table = new IdTableBuilder();
        foreach (var id in ids) table.Intern(id);
        return table.Build();
    }

    /// <summary>A part of the data that the file forgets would make a resumed training another one.</summary>
    [Fact]
    public void TrainingSet_HasNoPartsThatTheFileDoesNotKnow()
    {
        Assert.Equal(["Actions", "Interactions", "Items", "Users"], Names<TrainingSet>());
        Assert.Equal(
            [
                "Contexts", "Count", "EventTypeCodes", "EventTypes", "EventValues", "ItemIds", "Items", "Timestamps",
                "TypeWeights", "UserIds", "UserStarts",
            ],
            Names<InteractionLog>());
        Assert.Equal(["Categories", "CreationTimes", "Numbers", "RowCount", "Texts"], Names<AttributeTable>());
        Assert.Equal(["Codes", "Name", "Starts", "Values"], Names<CategoryColumn>());
        Assert.Equal(["Name", "Values"], Names<NumberColumn>());
        Assert.Equal(["Name", "Values"], Names<TextColumn>());
    }

    [Fact]
    public void TryRead_NoFileOrADamagedOne_IsNull()
    {
        TrainingSetFile.Write(_temporary["data"], new TrainingSet(PlantedShop.Create()), new Dictionary<string, string>(), default);
        var bytes = File.ReadAllBytes(_temporary["data"]);
        bytes[^5] ^= 1;
        File.WriteAllBytes(_temporary["damaged"], bytes);

        Assert.Null(TrainingSetFile.TryRead(_temporary["absent"]));
        Assert.Null(TrainingSetFile.TryRead(_temporary["damaged"]));
    }

    private static string Contexts(InteractionLog log, int i) => string.Join(' ', log.Contexts.Select(column => $"{column.Name}={column.Text(i)}"));

    private static string[] Ids(IdTable ids) => [.. Enumerable.Range(0, ids.Count).Select(index => ids[index])];

    private static string[] Names<T>() => [.. typeof(T).GetProperties().Select(property => property.Name).Order(StringComparer.Ordinal)];
}
