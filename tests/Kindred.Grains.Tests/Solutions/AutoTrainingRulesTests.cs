using Kindred.Contracts.Catalog;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Solutions;
using Kindred.Grains.Solutions;
using Kindred.Grains.Tests.World;
using Microsoft.Extensions.Time.Testing;

namespace Kindred.Grains.Tests.Solutions;

public sealed class AutoTrainingRulesTests
{
    private const string FirstImport = "arn:aws:personalize:us-east-1:100000000000:dataset-import-job/first";
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public void IsDue_NewSolutionWithData_AfterOneHourAndNotBefore()
    {
        var solution = Solution();

        _clock.Advance(TimeSpan.FromMinutes(59));
        Assert.False(IsDue(solution, latest: null));
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True(IsDue(solution, latest: null));
    }

    [Fact]
    public void IsDue_NewSolutionTrainedByHand_NotBeforeTheInterval()
    {
        var solution = Solution("rate(2 days)");
        var byHand = Version(ResourceStatus.Active);

        _clock.Advance(TimeSpan.FromDays(2) - TimeSpan.FromMinutes(1));
        Assert.False(IsDue(solution, byHand, events: 10));
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True(IsDue(solution, byHand, events: 10));
    }

    [Fact]
    public void IsDue_WithoutNewInteractions_Never()
    {
        var (solution, latest) = (Solution(), Version(ResourceStatus.Active));

        _clock.Advance(TimeSpan.FromDays(100));

        Assert.False(IsDue(solution, latest));
        Assert.True(IsDue(solution, latest, import: FirstImport + "2"));
        Assert.True(IsDue(solution, latest, events: 1));
    }

    [Fact]
    public void IsDue_WithoutAnyInteractions_Never()
    {
        var solution = Solution();

        _clock.Advance(TimeSpan.FromDays(100));

        Assert.False(AutoTrainingRules.IsDue(solution, null, interactions: null, 10, _clock.GetUtcNow()));
        Assert.False(IsDue(solution, latest: null, import: null));
    }

    [Theory]
    [InlineData(false, ResourceStatus.Active, ResourceStatus.Active)]
    [InlineData(true, ResourceStatus.DeleteInProgress, ResourceStatus.Active)]
    [InlineData(true, ResourceStatus.Active, ResourceStatus.CreatePending)]
    [InlineData(true, ResourceStatus.Active, ResourceStatus.CreateInProgress)]
    public void IsDue_SwitchedOffDeletedOrTraining_Never(bool wanted, string solutionStatus, string versionStatus)
    {
        var solution = Solution();
        solution = solution with { Solution = solution.Solution with { PerformAutoTraining = wanted, Status = solutionStatus } };
        var latest = Version(versionStatus);

        _clock.Advance(TimeSpan.FromDays(100));

        Assert.False(IsDue(solution, latest, events: 10));
    }

    [Theory]
    [InlineData("rate(1 day)", 1)]
    [InlineData("rate(30 days)", 30)]
    [InlineData("rate(0 days)", null)]
    [InlineData("rate(31 days)", null)]
    [InlineData("rate(999 days)", null)]
    [InlineData("rate(1 hour)", null)]
    [InlineData("rate(7 days) ", null)]
    [InlineData("", null)]
    public void Parse_AnExpression_IsItsDaysOrNothing(string expression, int? days) =>
        Assert.Equal(days is { } n ? TimeSpan.FromDays(n) : null, AutoTrainingRules.Parse(expression));

    private bool IsDue(SolutionState solution, SolutionVersionState? latest, string? import = FirstImport, long events = 0) =>
        AutoTrainingRules.IsDue(solution, latest, Dataset(import), events, _clock.GetUtcNow());

    private SolutionState Solution(string? schedule = null) => new()
    {
        Solution = Records.Solution(_clock.GetUtcNow()) with
        {
            PerformAutoTraining = true,
            Config = new() { AutoTrainingConfig = new() { SchedulingExpression = schedule } },
        },
    };

    private SolutionVersionState Version(string status) => new()
    {
        Version = Records.Version(status, _clock.GetUtcNow()), LastImportJobArn = FirstImport,
    };

    private static DatasetState Dataset(string? import) => Records.Interactions() with
    {
        LastImport = import is null ? null : new ImportPublication
        {
            ImportJobArn = import, ReplacesBulk = true, Segments = [], SnapshotPath = "", Generation = 0, GoodRows = 0, BadRows = 0,
        },
    };
}
