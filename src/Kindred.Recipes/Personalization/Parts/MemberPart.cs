using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Members;
using Kindred.Recipes.Personalization.Signals;

namespace Kindred.Recipes.Personalization.Parts;

/// <summary>A member that scores every item.</summary>
internal sealed class MemberPart : IPart
{
    private readonly Func<IMember, ItemShares, ISignal> _look;

    private MemberPart(IMember member, ItemShares shares, Func<IMember, ItemShares, ISignal> look) =>
        (Member, _look, Signals) = (member, look, [look(member, shares)]);

    public IMember Member { get; }

    public IReadOnlyList<ISignal> Signals { get; }

    /// <summary>Its scores are logits of the next item.</summary>
    public static MemberPart OfLogits(string name, IMember member, ItemShares shares, float priorWeight) =>
        new(member, shares, (member, shares) => new LogitSignal(name, member, shares.Logs, priorWeight));

    /// <summary>Its scores are amounts, to be taken as shares.</summary>
    public static MemberPart OfAmounts(string name, IMember member, ItemShares shares, float priorWeight) =>
        new(member, shares, (member, shares) => new ShareSignal(name, member, shares.Inverses, priorWeight));

    public IPart With(ItemShares shares) => new MemberPart(Member, shares, _look);

    public void Write(ArtifactWriter writer, string prefix) => Member.Write(writer, prefix);
}
