using Kindred.Contracts.Arns;
using Kindred.Contracts.Refusals;

namespace Kindred.Contracts.Catalog;

/// <summary>
/// What there is to know of a kind of resource: what its ARNs look like, under which name its states are stored and listed, what it belongs
/// to, and what it keeps from being deleted. Routes, lists, tags and guards follow from it.
/// </summary>
public abstract class ResourceKind
{
    /// <summary>As sentences call it, such as <c>solution version</c>.</summary>
    public required string Noun { get; init; }

    /// <summary>The type part of its ARNs. Two kinds may share one when only one of them is nested.</summary>
    public required string ArnType { get; init; }

    /// <summary>Whether names have two parts, the first of which is the parent's name, as in <c>solution/{solution}/{id}</c>.</summary>
    public bool IsNested { get; init; }

    /// <summary>The type of its grains. It is a part of what is stored, and never renamed. The ARN's type, unless that is another kind's.</summary>
    public string GrainType { get => field ?? ArnType; init; }

    /// <summary>Whether clients may put tags on it.</summary>
    public bool HasTags { get; init; } = true;

    /// <summary>What one of this kind belongs to, and lists are narrowed by; null when it belongs to nothing but its account.</summary>
    public ResourceKind? Parent { get; init; }

    /// <summary>The full name of its states: <c>{grain type}/state</c>.</summary>
    public string StateName => $"{GrainType}/state";

    public Arn ArnOf(string region, string account, string name) => Arn.Of(region, account, ArnType, name);

    public bool Names(Arn arn) => arn.Type == ArnType && arn.IsNested == IsNested;

    /// <exception cref="RefusedException">InvalidInput: the text is not an ARN of this kind.</exception>
    public Arn Expect(string text) => Arn.TryParse(text, out var arn) && Names(arn)
        ? arn
        : throw new RefusedException(RefusalCode.InvalidInput, $"'{text}' is not the ARN of {Article} {Noun}.");

    /// <summary>The range of the keys of every resource of this kind in one account.</summary>
    public string KeysOf(string region, string account) => Arn.Prefix(region, account, ArnType);

    /// <summary>The range in which those of one parent lie. It holds others' too, unless the kind is nested.</summary>
    public string KeysIn(Arn parent) => KeysOf(parent.Region, parent.Account) + (IsNested ? $"{parent.Name}/" : "");

    /// <summary>Looks through its account for one of this kind that keeps another resource from being deleted.</summary>
    /// <returns>Why <paramref name="held"/> cannot be deleted; null when nothing of this kind minds.</returns>
    public abstract Task<string?> FindUseAsync(IResourceCatalog catalog, ResourceKind kind, Arn held, CancellationToken cancellationToken);

    /// <summary>The state of one of this kind, whatever it holds; null if there is none.</summary>
    public abstract Task<IResourceState?> FindAsync(IResourceCatalog catalog, Arn arn, CancellationToken cancellationToken);

    private string Article => Noun[0] is 'a' or 'e' or 'i' or 'o' or 'u' ? "an" : "a";
}

/// <inheritdoc/>
public sealed class ResourceKind<TState> : ResourceKind
    where TState : class, IResourceState<TState>
{
    /// <summary>The ARN of what a resource belongs to; null exactly where <see cref="ResourceKind.Parent"/> is.</summary>
    public Func<TState, Arn>? ParentOf { get; init; }

    /// <summary>What one of this kind keeps from being deleted. Children do not keep their parent by themselves: the use is named here.</summary>
    public IReadOnlyList<ResourceUse<TState>> Uses { get; init; } = [];

    public override async Task<IResourceState?> FindAsync(IResourceCatalog catalog, Arn arn, CancellationToken cancellationToken) =>
        await catalog.FindAsync<TState>(arn, cancellationToken);

    public override async Task<string?> FindUseAsync(
        IResourceCatalog catalog, ResourceKind kind, Arn held, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        foreach (var use in Uses.Where(use => use.Of == kind))
        {
            await foreach (var state in catalog.ScanAccountAsync<TState>(held.Region, held.Account, cancellationToken))
            {
                if (use.Holds(state, held)) return use.Sentence(state, held);
            }
        }
        return null;
    }
}
