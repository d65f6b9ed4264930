
namespace Kindred.Storage.State;

/// <summary>
/// Puts the grain type into the state's name. Orleans' AdoNet storage keys a row by state name and grain key alone, so two
/// grain types with a state "state" and the same key would share one row, each reading what the other wrote.
/// </summary>
internal sealed class TypedStateFactory : PersistentStateFactory
{
    protected override string GetFullStateName(IGrainContext context, IPersistentStateConfiguration cfg)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(cfg);
        return $"{context.GrainId.Type}/{cfg.StateName}";
    }
}
