using System.Collections.Concurrent;
using System.Reflection;
using Kindred.Contracts.Campaigns;
using Kindred.Contracts.Datasets;

namespace Kindred.Serving.Tests.World;

/// <summary>Stands in for the silo: answers the two questions that serving asks of grains, and counts them.</summary>
internal sealed class FakeGrains
{
    public ConcurrentDictionary<string, CampaignServing> Campaigns { get; } = new();
    public ConcurrentDictionary<string, GroupData> Groups { get; } = new();
    public int Questions;
    /// <summary>What a question waits for before it reads; completed unless a test says otherwise.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>No question is answered, as when the silo that holds the grains is gone.</summary>
    public bool IsUnreachable { get; set; }

    /// <summary>Set when a question has read its answer; null when no test waits for it.</summary>
    public TaskCompletionSource? Asked { get; set; }

    public IGrainFactory Factory { get; }

    public FakeGrains() => Factory = Proxy.Of<IGrainFactory>((method, arguments) =>
        method.Name == "GetGrain" && method.IsGenericMethod && arguments[0] is string key
            ? Grain(method.GetGenericArguments()[0], key)
            : throw new NotSupportedException($"The fake has no answer to {method}."));

    public void Add(CampaignServing campaign) => Campaigns[campaign.CampaignArn.ToString()] = campaign;
    public void Add(GroupData data) => Groups[data.DatasetGroupArn.ToString()] = data;

    private object Grain(Type type, string key) =>
        type == typeof(ICampaignGrain) ? Proxy.Of<ICampaignGrain>((_, _) => AskAsync(Campaigns, key))
        : type == typeof(IDatasetGroupGrain) ? Proxy.Of<IDatasetGroupGrain>((_, _) => AskAsync(Groups, key))
        : throw new NotSupportedException($"The fake has no grain {type}.");

    private async Task<T?> AskAsync<T>(ConcurrentDictionary<string, T> answers, string key) where T : class
    {
        Interlocked.Increment(ref Questions);
        if (IsUnreachable) throw new TimeoutException("The fake does not answer.");
        var answer = answers.GetValueOrDefault(key); // read first, so that a test can change the truth while the answer is under way
        Asked?.TrySetResult();
        await Gate;
        return answer;
    }

#pragma warning disable CA1852 // DispatchProxy derives from it at run time
    public class Proxy : DispatchProxy
#pragma warning restore CA1852
    {
        private Func<MethodInfo, object?[], object?> _answer = null!;

        public static T Of<T>(Func<MethodInfo, object?[], object?> answer) where T : class
        {
            var proxy = Create<T, Proxy>();
            ((Proxy)(object)proxy)._answer = answer;
            return proxy;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => _answer(targetMethod!, args ?? []);
    }
}
