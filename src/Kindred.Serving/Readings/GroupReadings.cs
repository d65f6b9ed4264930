using System.Buffers;
using System.Text;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Refusals;
using Kindred.Files;
using Kindred.Serving.Filters;
using Kindred.Serving.Groups;
using Kindred.Serving.Histories;
using Kindred.Serving.Records;
using Kindred.Storage.Snapshots;

namespace Kindred.Serving.Readings;

/// <summary>What serving knows of a dataset group, for people to look at: counts, users, what they did, what items are.</summary>
public sealed class GroupReadings(GroupDirectory groups)
{
    private const int UsersLookedAt = 20_000;
    private const int UsersSearched = 500_000;
    private const int EnoughEvents = 5;
    private const int TooManyEvents = 100;

    /// <returns>Zeroes for a group without data.</returns>
    /// <exception cref="RefusedException">ResourceNotFound, or ServiceUnavailable while the data cannot be read.</exception>
    public Task<GroupCounts> CountAsync(Arn group, CancellationToken cancellationToken) => ReadAsync(group, static view => new GroupCounts(
        view.History?.EventCount ?? 0, view.History?.UserCount ?? 0, view.History?.ItemIds.Count ?? 0,
        view.Items.Catalog?.Count ?? 0, view.Users.Catalog?.Count ?? 0, view.Recent.Size.Users + view.Recent.Size.Sessions), cancellationToken);

    /// <summary>Some users to try recommendations with: of middling activity, spread over all; the same ones every time.</summary>
    /// <inheritdoc cref="CountAsync" path="/exception"/>
    public Task<IReadOnlyList<string>> SampleUsersAsync(Arn group, int most, CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<string>>(group, view => view.History is { } history ? Sample(history, most) : [], cancellationToken);

    /// <summary>Users whose id holds a text; those that begin with it come first.</summary>
    /// <remarks>It looks at some hundred thousand ids, which takes milliseconds; one that is typed whole is found among any number.</remarks>
    /// <inheritdoc cref="CountAsync" path="/exception"/>
    public Task<IReadOnlyList<string>> FindUsersAsync(Arn group, string text, int most, CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<string>>(group, view => view.History is { } history ? Find(history.UserIds, text, most) : [], cancellationToken);

    /// <summary>A user's newest events, the newest first.</summary>
    /// <param name="userId">A user, or an anonymous visitor's session.</param>
    /// <returns>Null for one who is unknown.</returns>
    /// <inheritdoc cref="CountAsync" path="/exception"/>
    public Task<UserReading?> DescribeUserAsync(Arn group, string userId, int most, CancellationToken cancellationToken) =>
        ReadAsync(group, view => Describe(view, userId, most), cancellationToken);

    /// <summary>What is known of items, by id; an id that nothing is known of is left out.</summary>
    /// <inheritdoc cref="CountAsync" path="/exception"/>
    public Task<IReadOnlyDictionary<string, ItemReading>> DescribeItemsAsync(
        Arn group, IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyDictionary<string, ItemReading>>(group, view =>
        {
            var items = new RecordNames(view.Items, ColumnNames.ItemId);
            return ids.Distinct(StringComparer.Ordinal).Select(items.Find).OfType<ItemReading>().ToDictionary(item => item.Id, StringComparer.Ordinal);
        }, cancellationToken);

    /// <summary>Goes through all interactions once. Seconds for many millions: on threads of the pool.</summary>
    /// <returns>Null for a group without interactions.</returns>
    /// <inheritdoc cref="CountAsync" path="/exception"/>
    public async Task<DataInsights?> AnalyseAsync(Arn group, CancellationToken cancellationToken)
    {
        using var view = await groups.BorrowExistingAsync(group, cancellationToken);
        return view.Value.History is { EventCount: > 0 } history
            ? await Task.Run(() => DataInsights.Of(history, view.Value.Items.Catalog, cancellationToken), cancellationToken)
            : null;
    }

    /// <summary>Tries a filter on every item that the group knows, without a model. A second for some millions: on threads of the pool.</summary>
    /// <param name="values">Of the expression's parameters, as requests give them; null for none.</param>
    /// <param name="userId">Whom it is asked for; null where no clause names the user.</param>
    /// <param name="itemId">The item that related ones are asked for; null where no clause names it.</param>
    /// <param name="most">How many ids are given of those that may be shown, and of the others.</param>
    /// <exception cref="RefusedException">ResourceNotFound; or InvalidInput: a value, the user or the item is missing or wrong.</exception>
    public async Task<FilterTrial> TryFilterAsync(
        Arn group, FilterExpression expression, IReadOnlyDictionary<string, string>? values, string? userId, string? itemId, int most,
        CancellationToken cancellationToken)
    {
        var subject = new RequestedSubject(userId, itemId);
        var filter = BoundFilter.Of(expression, values, subject);
        using var view = await groups.BorrowExistingAsync(group, cancellationToken);
        return await Task.Run(() => FilterTrial.Of(filter, new KnownItems(view.Value, subject), most), cancellationToken);
    }

    private async Task<T> ReadAsync<T>(Arn group, Func<GroupView, T> read, CancellationToken cancellationToken)
    {
        using var view = await groups.BorrowExistingAsync(group, cancellationToken);
        return read(view.Value);
    }

    private static List<string> Sample(UserHistory history, int most)
    {
        var users = history.UserIds;
        var step = Math.Max(1, users.Count / UsersLookedAt);
        var fitting = new List<int>();
        for (var user = 0; user < users.Count; user += step)
        {
            if (history.CountOf(user) is >= EnoughEvents and <= TooManyEvents) fitting.Add(user);
        }
        if (fitting.Count == 0) fitting.AddRange(Enumerable.Range(0, Math.Min(users.Count, most)));
        var spread = Math.Max(1, fitting.Count / most);
        return [.. fitting.Where((_, i) => i % spread == 0).Take(most).Select(user => users[user])];
    }

    private static List<string> Find(IdTable ids, string text, int most)
    {
        var (sought, first, others) = (Encoding.UTF8.GetBytes(text), new List<string>(), new List<string>());
        if (ids.TryFind(text, out var exact)) first.Add(ids[exact]);
        for (var index = 0; index < Math.Min(ids.Count, UsersSearched) && first.Count < most; index++)
        {
            if (index == exact) continue;
            var place = ids.Bytes(index).IndexOf(sought);
            if (place == 0) first.Add(ids[index]);
            else if (place > 0 && others.Count < most) others.Add(ids[index]);
        }
        return [.. first.Concat(others).Take(most)];
    }

    private static UserReading? Describe(GroupView view, string userId, int most)
    {
        UserEvents past = default;
        var isKnown = view.History is { } history && history.TryGet(userId, out past);
        var recent = ArrayPool<RecentEvent>.Shared.Rent(2 * EventTail.Capacity);
        try
        {
            var copy = view.Recent.Copy(userId, isKnown, view.EventsFrom, recent);
            if (!isKnown && copy.Count == 0) return null;
            var events = new List<PastEvent>();
            for (var i = copy.Count - 1; i >= 0 && events.Count < most; i--)
            {
                events.Add(new(copy.Items[recent[i].Item], Name(copy.EventTypes, recent[i].EventType),
                    DateTimeOffset.FromUnixTimeMilliseconds(recent[i].SentAt), IsStreamed: true));
            }
            for (var i = past.Count - 1; i >= 0 && events.Count < most; i--)
            {
                var type = past.EventTypes[i];
                events.Add(new(view.History!.ItemIds[past.Items[i]], type < 0 ? null : view.History.EventTypes[type],
                    DateTimeOffset.FromUnixTimeSeconds(past.Timestamps[i]), IsStreamed: false));
            }
            return new UserReading(userId, past.Count + copy.Count, events);
        }
        finally
        {
            ArrayPool<RecentEvent>.Shared.Return(recent);
        }
    }

    private static string? Name(CodeTable types, int code) => code < 0 ? null : types[code];
}
