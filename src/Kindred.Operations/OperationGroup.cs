using Microsoft.Extensions.DependencyInjection;

namespace Kindred.Operations;

/// <summary>Operations that come into the house together, such as those of one kind of resource.</summary>
/// <param name="Add">Puts them into the table.</param>
internal sealed record OperationGroup(Action<OperationTable> Add);

internal static class OperationGroupExtensions
{
    public static IServiceCollection AddOperations(this IServiceCollection services, params IEnumerable<Action<OperationTable>> groups)
    {
        foreach (var add in groups) services.AddSingleton(new OperationGroup(add));
        return services;
    }
}
