using System.Buffers;
using System.Diagnostics;
using Kindred.Files;
using Kindred.Lab.Files;
using Kindred.Lab.Trainings;
using Kindred.Numerics.Threading;
using Kindred.Recipes;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Interactions;
using Kindred.Recipes.Training;

namespace Kindred.Lab.Recommendations;

/// <summary>Writes a line of recommendations for every user, in a fixed order whatever the number of threads.</summary>
internal sealed class Recommendation
{
    private const int DefaultResults = 100;
    private const int UsersPerBlock = 32;
    private const int BlocksPerWrite = 256;

    private readonly RecommendationRequest _request;
    private readonly ITrainedModel _model;
    private readonly MergedHistories _histories;
    private readonly CandidateLists? _candidates;
    private readonly int[] _candidateItems;
    private readonly IdTable _users;
    private readonly EventContext? _context;
    private int _strangers;

    private Recommendation(RecommendationRequest request, ServedModel served, InteractionLog? newer, CandidateLists? candidates, IdTable? users)
    {
        (_request, _model, _candidates) = (request, served.Model, candidates);
        _histories = new MergedHistories(served.Model, served.Histories, newer);
        _candidateItems = candidates is null ? [] : [.. Enumerable.Range(0, candidates.Items.Count).Select(
            item => _model.Items.TryFind(candidates.Items.Bytes(item), out var code) ? code : -1)];
        _context = request.Context is { } context ? new EventContext(context) : null;
        _users = users ?? candidates?.Users ?? newer?.UserIds ?? served.Histories.Users;
    }

    /// <exception cref="LabException">A file or the model does not allow it.</exception>
    public static RecommendationReport Run(RecommendationRequest request, TrainingRun run)
    {
        // Everything that may be wrong is read before anything is trained.
        var users = request.Users is { } usersPath ? UserListFile.Read(usersPath) : null;
        var candidates = request.Candidates is { } candidatesPath ? CandidateFile.Read(candidatesPath) : null;
        var newer = request.History is { } historyPath ? ReadHistory(historyPath, run.CancellationToken) : null;
        using var served = ServedModel.Get(request, run);
        using var lease = served.Lease();
        ThrowIfNotForUsers(served.Model.Recipe);
        ThrowIfSeparatorOccurs(served.Model.Items, request.Separator);

        var started = Stopwatch.GetTimestamp();
        var work = new Recommendation(request, served, newer, candidates, users);
        work.Publish(run.Part(0.8, 1));
        return new RecommendationReport(
            served.Model.Recipe.Name, served.Model.Rung, work._users.Count, work._strangers, served.Model.Items.Count,
            served.Duration, Stopwatch.GetElapsedTime(started), PeakMemory.Bytes(), [.. served.Notes, .. work.Notes()]);
    }

    private IEnumerable<string> Notes()
    {
        var unheard = _request.Context?.Keys
            .Where(name => !_model.ContextColumns.Contains(name, StringComparer.OrdinalIgnoreCase)).ToList() ?? [];
        if (unheard.Count > 0)
        {
            var known = _model.ContextColumns.Count == 0 ? "which looks at no context" : $"which knows {string.Join(", ", _model.ContextColumns)}";
            yield return $"The context {string.Join(", ", unheard)} says nothing to the model, {known}.";
        }
        if (_request.KeepSeen is null && _model.PlacesMetItems)
            yield return "Users of this data come back to what they have met: such items are listed where their scores place them; "
                + "--keep-seen false leaves them out.";
        if (_strangers > 0)
            yield return FormattableString.Invariant($"{_strangers:N0} of {_users.Count:N0} users have no history; they get what is popular.");
        if (_histories.UnknownItems is var unknown and > 0)
            yield return FormattableString.Invariant($"{unknown:N0} items of the history are unknown to the model and are passed over.");
        if (_candidateItems.AsSpan().Count(-1) is var strange and > 0)
            yield return FormattableString.Invariant($"{strange:N0} candidates are unknown to the model and come last.");
    }

    private static InteractionLog ReadHistory(string path, CancellationToken cancellationToken)
    {
        var builder = new InteractionLogBuilder { TicksPerSecond = FieldText.TicksPerSecond };
        InteractionFile.Read(path, builder, _ => { }, cancellationToken);
        return builder.Build();
    }

    private static void ThrowIfNotForUsers(RecipeDescription recipe)
    {
        if (recipe.RecipeType is RecipeTypes.UserSegmentation or RecipeTypes.PersonalizedActions)
            throw new LabException($"{recipe.Name} recommends no items to users ({recipe.RecipeType}); recommend needs a recipe that does.");
    }

    private static void ThrowIfSeparatorOccurs(IdTable items, char separator)
    {
        for (var item = 0; item < items.Count; item++)
        {
            if (items.Bytes(item).Contains((byte)separator))
                throw new LabException(
                    $"The item id '{items[item]}' holds the separator of the output{(separator == ' ' ? ", a space" : "")}; "
                    + "choose another with --separator, e.g. --separator tab.");
        }
    }

    private void Publish(TrainingRun run)
    {
        if (_request.Output == RecommendationRequest.StandardOutput)
        {
            using var output = Console.OpenStandardOutput();
            Write(output, run);
        }
        else if (_request.Output.StartsWith("/dev/", StringComparison.Ordinal))
        {
            using var output = new FileStream(_request.Output, FileMode.Open, FileAccess.Write); // a pipe or device cannot be replaced
            Write(output, run);
        }
        else
        {
            DurableFile.WriteAllAtomic(_request.Output, stream => Write(stream, run), run.CancellationToken);
        }
    }

    private void Write(Stream output, TrainingRun run)
    {
        var workers = new ItemLists?[run.Threads];
        for (var start = 0; start < _users.Count; start += UsersPerBlock * BlocksPerWrite)
        {
            var first = start;
            var count = Math.Min(UsersPerBlock * BlocksPerWrite, _users.Count - start);
            var blocks = new ArrayBufferWriter<byte>[(count + UsersPerBlock - 1) / UsersPerBlock];
            Workers.ForBlocks(count, UsersPerBlock, run.Threads, (worker, from, to) =>
            {
                var lists = workers[worker] ??= new ItemLists(_model, _request.KeepSeen ?? _model.PlacesMetItems, _context);
                var buffer = blocks[from / UsersPerBlock] = new ArrayBufferWriter<byte>(1 << 14);
                for (var user = first + from; user < first + to; user++)
                    WriteLine(user, lists, buffer);
            }, run.CancellationToken);
            foreach (var block in blocks)
                output.Write(block.WrittenSpan);
            run.Report((double)(first + count) / _users.Count, FormattableString.Invariant($"{first + count:N0} of {_users.Count:N0} users"));
        }
    }

    private void WriteLine(int user, ItemLists lists, ArrayBufferWriter<byte> buffer)
    {
        var id = _users.Bytes(user);
        var history = _histories.Of(id);
        if (history.Length == 0)
            Interlocked.Increment(ref _strangers);
        buffer.Write(id);
        buffer.Write("\t"u8);
        if (_candidates is not null)
        {
            WriteCandidates(id, history, lists, buffer);
        }
        else
        {
            var best = new int[Math.Min(_request.NumResults ?? DefaultResults, _model.Items.Count)];
            var count = lists.Recommend(id, history, best);
            for (var i = 0; i < count; i++)
                WriteItem(_model.Items.Bytes(best[i]), isFirst: i == 0, buffer);
        }
        buffer.Write("\n"u8);
    }

    private void WriteCandidates(ReadOnlySpan<byte> user, HistoryEvent[] history, ItemLists lists, ArrayBufferWriter<byte> buffer)
    {
        if (!_candidates!.Users.TryFind(user, out var listed))
            return; // asked for, but with nothing to rank
        var list = _candidates.Lists[listed];
        var ordered = lists.Order(user, history, list.Select(item => _candidateItems[item]).Where(item => item >= 0));
        var (left, isFirst) = (_request.NumResults ?? list.Count, true);
        foreach (var item in ordered.Take(left))
        {
            WriteItem(_model.Items.Bytes(item), isFirst, buffer);
            (left, isFirst) = (left - 1, false);
        }
        foreach (var item in list.Where(item => _candidateItems[item] < 0).Take(left))
        {
            WriteItem(_candidates.Items.Bytes(item), isFirst, buffer);
            isFirst = false;
        }
    }

    private void WriteItem(ReadOnlySpan<byte> id, bool isFirst, ArrayBufferWriter<byte> buffer)
    {
        if (!isFirst)
        {
            buffer.GetSpan(1)[0] = (byte)_request.Separator;
            buffer.Advance(1);
        }
        buffer.Write(id);
    }
}
