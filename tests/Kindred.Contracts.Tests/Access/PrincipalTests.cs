using Kindred.Contracts.Access;
using Kindred.Contracts.Refusals;

namespace Kindred.Contracts.Tests.Access;

public sealed class PrincipalTests
{
    private const string Account = "123456789012";

    [Fact]
    public void Require_AScopeThatIsMissing_SaysWhoLacksWhat()
    {
        var key = Principal.OfAccessKey(Account, "KINDREDEXAMPLEKEY234", AccessScopes.Recommend | AccessScopes.Events);
        var person = Principal.OfPerson(Account, "ann", AccessScopes.None);

        key.Require(AccessScopes.Recommend, "personalize:GetRecommendations");
        var refused = Assert.Throws<RefusedException>(() => key.Require(AccessScopes.Control, "personalize:CreateSchema"));

        Assert.Equal(RefusalCode.AccessDenied, refused.Code);
        Assert.Equal(
            "The access key 'KINDREDEXAMPLEKEY234' of account 123456789012 is not authorized to perform: personalize:CreateSchema. "
            + "It lacks the scope 'control'.", refused.Message);
        Assert.StartsWith("The person 'ann' of account",
            Assert.Throws<RefusedException>(() => person.Require(AccessScopes.Keys, "keys:List")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AuditName_OfEveryActor_SaysWhoItIs() => Assert.Equal(
        ["access-key/K", "person/ann", "service/nightly export", "application/A"],
        ((Principal[])[Principal.OfAccessKey(Account, "K", 0), Principal.OfPerson(Account, "ann", 0),
            Principal.OfService(Account, "nightly export", 0), Principal.OfApplication(Account, "A", 0)]).Select(p => p.AuditName));

    [Theory]
    [InlineData("12345678901")]
    [InlineData("12345678901a")]
    public void Of_WhatIsNoAccount_IsABug(string account) =>
        Assert.Throws<ArgumentException>(() => Principal.OfPerson(account, "ann", AccessScopes.All));

    [Fact]
    public void ActorKinds_TravelBetweenSilos_KeepTheirNumbers() => Assert.Equal(
        [(ActorKind.AccessKey, 1), (ActorKind.Person, 2), (ActorKind.Service, 3), (ActorKind.Application, 4)],
            Enum.GetValues<ActorKind>().Select(kind => (kind, (int)kind)));
}
