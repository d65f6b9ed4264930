using Kindred.Contracts.Datasets;
using Kindred.Serving.Filters;
using Kindred.Serving.Tests.World;
using Kindred.Storage.Schemas;

namespace Kindred.Serving.Tests.Filters;

public sealed class FilterParserTests
{
    /// <summary>Expressions of the service's own kind, whatever their spelling.</summary>
    public static TheoryData<string> Good =>
    [
        "EXCLUDE ItemID WHERE Interactions.EVENT_TYPE IN (\"click\", \"stream\")",
        "INCLUDE ItemID WHERE Items.CATEGORY IN (\"Comedy\") | EXCLUDE ItemID WHERE Interactions.EVENT_TYPE IN (\"*\")",
        "INCLUDE ItemID WHERE Items.CATEGORY IN ($CATEGORY) AND Items.PRICE <= $PRICE",
        "include itemid where items.category not in (\"Drama\", \"Horror\") if currentuser.age >= 18 and CurrentUser.AGE < 65",
        "INCLUDE ItemID WHERE (Items.PRICE > 1.5 OR Items.PRICE = -2e3) AND NOT_A_FIELD.X = 1".Replace("NOT_A_FIELD.X", "Items.PRICE", StringComparison.Ordinal),
        "INCLUDE ItemID WHERE Items.CATEGORY IN CurrentItem.CATEGORY",
        "INCLUDE ItemID WHERE Items.PRICE >= ($LEAST)",
        "EXCLUDE ItemID WHERE Items.CATEGORY IN (\"say \\\"hello\\\"\")",
        "INCLUDE UserID WHERE Users.AGE > 30",
        "INCLUDE ActionID WHERE Actions.VALUE > 3",
    ];

    [Theory, MemberData(nameof(Good))]
    public void TryParse_AnExpressionOfTheLanguage_IsRead(string text)
    {
        Assert.True(FilterParser.TryParse(text, out var expression, out var fault), fault?.ToString());
        Assert.NotEmpty(expression.Clauses);
    }

    [Theory]
    [InlineData("", 1, "INCLUDE or EXCLUDE was expected, and the end was found.")]
    [InlineData("INCLUDE Item WHERE Items.A = 1", 9, "ItemID, UserID or ActionID was expected, and 'Item' was found.")]
    [InlineData("INCLUDE ItemID Items.A = 1", 16, "WHERE was expected, and 'Items' was found.")]
    [InlineData("INCLUDE ItemID WHERE Item.A = 1", 22, "a field, such as Items.GENRE was expected, and 'Item' was found.")]
    [InlineData("INCLUDE ItemID WHERE Items.A ~ 1", 30, "the character '~' has no meaning here.")]
    [InlineData("INCLUDE ItemID WHERE Items.A IN 1", 33, "'(' was expected, and '1' was found.")]
    [InlineData("INCLUDE ItemID WHERE Items.A IN (1", 35, "')' was expected, and the end was found.")]
    [InlineData("INCLUDE ItemID WHERE Items.A = Comedy", 32, "a value: a number, a text in double quotes or a $PARAMETER was expected, and 'Comedy' was found.")]
    [InlineData("INCLUDE ItemID WHERE Items.A = \"x", 32, "the text that begins here has no closing quote.")]
    [InlineData("INCLUDE ItemID WHERE Items.A = 1 Items.B = 2", 34, "AND, OR, IF or '|' was expected, and 'Items' was found.")]
    [InlineData("INCLUDE ItemID WHERE Items.A = $", 32, "a parameter's name was expected after '$'.")]
    public void TryParse_AFault_IsNamedWithItsColumn(string text, int column, string message)
    {
        Assert.False(FilterParser.TryParse(text, out _, out var fault));
        Assert.Equal(new FilterFault(column, message), fault);
    }

    [Fact]
    public void TryParse_And_BindsBeforeOr_AndParenthesesGroup()
    {
        Assert.True(FilterParser.TryParse(
            "INCLUDE ItemID WHERE Items.A = 1 OR Items.B = 2 AND (Items.C = 3 OR Items.D = 4)", out var expression, out _));

        var any = Assert.IsType<AnyOf>(expression.Clauses[0].Where);
        Assert.Equal("A", Assert.IsType<FieldTest>(any.Parts[0]).Field);
        var all = Assert.IsType<AllOf>(any.Parts[1]);
        Assert.Equal("B", Assert.IsType<FieldTest>(all.Parts[0]).Field);
        Assert.IsType<AnyOf>(all.Parts[1]);
    }

    [Theory]
    [InlineData("EXCLUDE ItemID WHERE Interactions.EVENT_TYPE = \"click\"", "tested with IN or NOT IN")]
    [InlineData("EXCLUDE ItemID WHERE Interactions.DEVICE IN (\"tv\")", "only EVENT_TYPE")]
    [InlineData("INCLUDE ItemID WHERE Items.NOTHING = 1", "Items has no field NOTHING; it has ITEM_ID, CATEGORY, PRICE, CREATION_TIMESTAMP.")]
    [InlineData("INCLUDE ItemID WHERE Items.CATEGORY > 3", "is a text")]
    [InlineData("INCLUDE ItemID WHERE Items.PRICE = \"cheap\"", "is a number")]
    [InlineData("INCLUDE ItemID WHERE Items.CATEGORY NOT IN ($A)", "Placeholders are not allowed with NOT_IN operator.")]
    [InlineData("INCLUDE ItemID WHERE CurrentUser.AGE > 3", "after IF only")]
    [InlineData("INCLUDE ItemID WHERE Items.PRICE > 3 IF Items.PRICE > 2", "only CurrentUser")]
    [InlineData("INCLUDE ItemID WHERE Items.PRICE > 3 AND Interactions.EVENT_TYPE IN (\"a\")", "Separate the two with '|'")]
    [InlineData("INCLUDE ItemID WHERE Users.AGE > 3", "can be filtered by Interactions and Items")]
    [InlineData("INCLUDE ActionID WHERE Actions.VALUE > 3", "has no dataset for Actions")]
    public void Check_WhatTheDatasetsDoNotAllow_IsNamed(string text, string says)
    {
        Assert.True(FilterParser.TryParse(text, out var expression, out _));
        var faults = FilterRules.Check(expression, type => type switch
        {
            DatasetTypes.Items => ParsedSchema.Parse(ServingWorld.ItemSchema),
            DatasetTypes.Users => ParsedSchema.Parse(ServingWorld.UserSchema),
            DatasetTypes.Interactions => ParsedSchema.Parse(ServingWorld.InteractionSchema),
            _ => null,
        });
        Assert.Contains(says, string.Join(' ', faults), StringComparison.Ordinal);
    }

    [Fact]
    public void TryParse_NestedTooDeepOrTooLong_IsRefused()
    {
        Assert.False(FilterParser.TryParse("INCLUDE ItemID WHERE " + new string('(', 1_000), out _, out _));
        Assert.False(FilterParser.TryParse(new string(' ', FilterParser.MaxLength + 1), out _, out _));
    }
}
