using Kindred.Contracts.Changes;
using Kindred.Contracts.Filters;
using Kindred.Grains.Resources;

namespace Kindred.Grains.Filters;

[GrainType("filter")]
internal sealed class FilterGrain(
    [PersistentState("state", "Default")] IPersistentState<FilterState> state, IChangeFeed feed, TimeProvider clock)
    : ResourceGrain<FilterState>(state)
{
    public override async Task CreateAsync(FilterState created)
    {
        var numbered = created with { Number = ChangeNumber.Next(0, clock.GetUtcNow()) };
        await base.CreateAsync(numbered);
        Say(numbered.Number);
    }

    public override async Task DeleteAsync()
    {
        var deleted = Current;
        await base.DeleteAsync();
        if (deleted is not null) Say(ChangeNumber.Next(deleted.Number, clock.GetUtcNow()));
    }

    private void Say(long number) => feed.Publish(new Change(ChangedSubject.Filter, Arn.ToString(), number));
}
