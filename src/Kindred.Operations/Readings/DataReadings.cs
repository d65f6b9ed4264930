using Kindred.Contracts.Access;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Refusals;
using Kindred.Serving.Filters;
using Kindred.Serving.Readings;

namespace Kindred.Operations.Readings;

/// <summary>What a tenant's data are like, and what single users did; needs the scope <c>read</c>.</summary>
public sealed class DataReadings
{
    private readonly GroupReadings _groups;
    private readonly ActionReadings _actions;
    private readonly TenantTurns _turns;

    internal DataReadings(GroupReadings groups, ActionReadings actions, TenantTurns turns) => (_groups, _actions, _turns) = (groups, actions, turns);

    /// <exception cref="RefusedException">ResourceNotFound: the tenant has no such dataset group.</exception>
    public Task<GroupCounts> CountAsync(Principal principal, Arn group, CancellationToken cancellationToken) =>
        _groups.CountAsync(Own(principal, group), cancellationToken);

    /// <summary>Some users to try recommendations with.</summary>
    /// <inheritdoc cref="CountAsync" path="/exception"/>
    public Task<IReadOnlyList<string>> SampleUsersAsync(Principal principal, Arn group, int most, CancellationToken cancellationToken) =>
        _groups.SampleUsersAsync(Own(principal, group), most, cancellationToken);

    /// <summary>Users whose id holds a text; those that begin with it come first.</summary>
    /// <inheritdoc cref="CountAsync" path="/exception"/>
    public Task<IReadOnlyList<string>> FindUsersAsync(
        Principal principal, Arn group, string text, int most, CancellationToken cancellationToken) =>
        _groups.FindUsersAsync(Own(principal, group), text, most, cancellationToken);

    /// <returns>Null for a user who is unknown.</returns>
    /// <inheritdoc cref="CountAsync" path="/exception"/>
    public Task<UserReading?> DescribeUserAsync(Principal principal, Arn group, string userId, int most, CancellationToken cancellationToken) =>
        _groups.DescribeUserAsync(Own(principal, group), userId, most, cancellationToken);

    /// <inheritdoc cref="CountAsync" path="/exception"/>
    public Task<IReadOnlyDictionary<string, ItemReading>> DescribeItemsAsync(
        Principal principal, Arn group, IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        _groups.DescribeItemsAsync(Own(principal, group), ids, cancellationToken);

    /// <inheritdoc cref="ActionReadings.ListAsync"/>
    public Task<KnownActions> ListActionsAsync(Principal principal, Arn group, int most, CancellationToken cancellationToken) =>
        _actions.ListAsync(Own(principal, group), most, cancellationToken);

    /// <inheritdoc cref="ActionReadings.DescribeAsync"/>
    public Task<IReadOnlyDictionary<string, ItemReading>> DescribeActionsAsync(
        Principal principal, Arn group, IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        _actions.DescribeAsync(Own(principal, group), ids, cancellationToken);

    /// <inheritdoc cref="ActionReadings.DescribeUserAsync"/>
    public Task<IReadOnlyList<PastActionReading>> DescribeUserActionsAsync(
        Principal principal, Arn group, string userId, int most, CancellationToken cancellationToken) =>
        _actions.DescribeUserAsync(Own(principal, group), userId, most, cancellationToken);

    /// <returns>Null for a group without interactions.</returns>
    /// <inheritdoc cref="CountAsync" path="/exception"/>
    public Task<DataInsights?> AnalyseAsync(Principal principal, Arn group, CancellationToken cancellationToken) =>
        _groups.AnalyseAsync(Own(principal, group), cancellationToken);

    /// <summary>Tries a filter on every item that a group knows; waits for the tenant's turn, as an answer does.</summary>
    /// <inheritdoc cref="GroupReadings.TryFilterAsync"/>
    public async Task<FilterTrial> TryFilterAsync(
        Principal principal, Arn group, FilterExpression expression, IReadOnlyDictionary<string, string>? values, string? userId, string? itemId,
        int most, CancellationToken cancellationToken)
    {
        var own = Own(principal, group);
        await _turns.EnterAsync(principal.Account, cancellationToken);
        try
        {
            return await _groups.TryFilterAsync(own, expression, values, userId, itemId, most, cancellationToken);
        }
        finally
        {
            _turns.Leave();
        }
    }

    private static Arn Own(Principal principal, Arn group)
    {
        ArgumentNullException.ThrowIfNull(principal);
        principal.Require(AccessScopes.Read, "data:Read");
        return group.Account == principal.Account
            ? group
            : throw new RefusedException(RefusalCode.ResourceNotFound, $"There is no resource with the ARN {group}.");
    }
}
