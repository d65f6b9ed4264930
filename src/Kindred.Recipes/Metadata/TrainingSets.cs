using Kindred.Recipes.Interactions;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Metadata;

/// <summary>Brings interactions and metadata together in the one order in which their codes agree.</summary>
public static class TrainingSets
{
    /// <summary>
    /// Builds the log, which then also knows the items that only <paramref name="items"/> names and the users that only <paramref name="users"/>
    /// does (they come after all others), and the tables in its codes. Empties <paramref name="interactions"/>.
    /// </summary>
    public static TrainingSet Join(InteractionLogBuilder interactions, AttributeTableBuilder? items, AttributeTableBuilder? users)
    {
        items?.InternItems(interactions);
        users?.InternUsers(interactions);
        var log = interactions.Build();
        return new TrainingSet(log)
        {
            Items = items is { Count: > 0 } ? items.Build(log.ItemIds) : null,
            Users = users is { Count: > 0 } ? users.Build(log.UserIds) : null,
        };
    }
}
