using System.Diagnostics;
using Kindred.Host.Telemetry;
using Microsoft.Extensions.Time.Testing;
using OpenTelemetry.Trace;

namespace Kindred.EndToEnd.Tests.Telemetry;

public sealed class TraceSamplerTests
{
    private const string Request = "Microsoft.AspNetCore.Hosting.HttpRequestIn";
    private readonly FakeTimeProvider _clock = new();
    private readonly Sampler _sampler;

    public TraceSamplerTests() => _sampler = TraceSampler.Create(_clock);

    [Fact]
    public void Roots_OfRequestsAndJobs_AreSampledUpToSoManyASecond()
    {
        var first = Count(TraceSampler.Burst + 7, () => IsSampled(ActivityKind.Server));
        _clock.Advance(TimeSpan.FromSeconds(1));
        var second = Count(TraceSampler.Burst, () => IsSampled(ActivityKind.Consumer));

        Assert.Equal((TraceSampler.Burst, TraceSampler.TracesPerSecond), (first, second));
    }

    [Theory]
    [InlineData(ActivityKind.Client)]
    [InlineData(ActivityKind.Internal)]
    public void Roots_OfHeartbeatsAndRefreshes_AreNotSampled(ActivityKind kind) => Assert.False(IsSampled(kind));

    [Fact]
    public void Requests_WhoseClientWantsThemSampled_HaveTheSameLimit() => Assert.Equal(
        TraceSampler.Burst, Count(TraceSampler.Burst + 7, () => IsSampled(ActivityKind.Server, Request, Parent(isRemote: true))));

    [Fact]
    public void Spans_OfASampledTrace_AreAllSampled()
    {
        Count(TraceSampler.Burst, () => IsSampled(ActivityKind.Server));

        Assert.True(IsSampled(ActivityKind.Internal, "GetRecommendations", Parent(isRemote: false)));
        Assert.True(IsSampled(ActivityKind.Server, "ICampaignGrain/GetServingAsync", Parent(isRemote: true)));
    }

    private bool IsSampled(ActivityKind kind, string name = Request, ActivityContext parent = default) =>
        _sampler.ShouldSample(new SamplingParameters(parent, ActivityTraceId.CreateRandom(), name, kind)).Decision is SamplingDecision.RecordAndSample;

    private static ActivityContext Parent(bool isRemote) =>
        new(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded, isRemote: isRemote);

    private static int Count(int times, Func<bool> isSampled) => Enumerable.Range(0, times).Count(_ => isSampled());
}
