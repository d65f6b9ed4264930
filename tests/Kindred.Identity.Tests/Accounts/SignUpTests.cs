using Kindred.Identity.Accounts;
using Kindred.Identity.Organisations;

namespace Kindred.Identity.Tests.Accounts;

public sealed class SignUpTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Open_SomebodyNew_OwnsAnOrganisationWithATenantOfItsOwn()
    {
        await using var server = await PeopleServer.StartAsync();

        var (one, other) = (await server.SignUpAsync("a@a.example", " Shop A "), await server.SignUpAsync("b@b.example", "Shop B"));

        var mine = Assert.Single(await server.Directory.ListAsync(one.Id, Stop));
        Assert.Equal(("Shop A", OrganisationRole.Owner), (mine.Name, mine.Role));
        Assert.Equal(["Shop A", "Shop B"], server.Tenants.Names);
        Assert.NotEqual(mine.Account, Assert.Single(await server.Directory.ListAsync(other.Id, Stop)).Account);
        Assert.Null(await server.Directory.FindPrincipalAsync(other.Id, mine.Account, Stop));
    }

    [Theory]
    [InlineData(SignUpRule.None)]
    [InlineData(SignUpRule.Invitation)]
    public async Task Open_WhereTheOperatorDoesNotAllowIt_MakesNothing(SignUpRule rule)
    {
        await using var server = await PeopleServer.StartAsync(rule);

        var made = await OpenAsync(server, "a@a.example");

        Assert.Contains("by invitation", Assert.Single(made.Faults), StringComparison.Ordinal);
        Assert.Empty(server.Tenants.Names);
    }

    [Theory]
    [InlineData("nobody", PeopleServer.Password, "mail address is not one")]
    [InlineData("Ada <a@a.example>", PeopleServer.Password, "mail address is not one")]
    [InlineData("new@a.example", "too short", "at least 10 characters")]
    [InlineData("new@a.example", "aaaaaaaaaaaaaaaa", "repeats too few")]
    [InlineData("TAKEN@a.example", PeopleServer.Password, "an account with this mail address already")]
    public async Task Open_WhatCannotBe_IsRefusedInASentence(string email, string password, string sentence)
    {
        await using var server = await PeopleServer.StartAsync();
        await server.SignUpAsync("taken@a.example");

        var made = await OpenAsync(server, email, password);

        Assert.Contains(sentence, Assert.Single(made.Faults), StringComparison.Ordinal);
        Assert.Single(server.Tenants.Names);
    }

    [Fact]
    public async Task Open_TheSameAddressAtTheSameMoment_MakesOneAccount()
    {
        await using var server = await PeopleServer.StartAsync();

        var made = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => OpenAsync(server, "a@a.example"), Stop)));

        Assert.Single(made, m => m.Person is not null);
    }

    private static Task<MadeAccount> OpenAsync(PeopleServer server, string email, string password = PeopleServer.Password) =>
        server.WithAsync<SignUp, MadeAccount>(s => s.OpenAsync(new NewAccount(email, "", password), "A shop", PeopleServer.Origin, Stop));
}
