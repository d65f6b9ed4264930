using Kindred.Contracts.Arns;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Jobs;
using Kindred.Contracts.Solutions;
using Kindred.Operations.Readings;
using Kindred.Portal.Components.Pages.Solutions;
using Kindred.Portal.Controls;

namespace Kindred.Portal.Tests.Solutions;

public sealed class VersionViewTests
{
    private const string Ndcg = "normalized_discounted_cumulative_gain_at_10";

    [Theory]
    [InlineData("ACTIVE", Refinement.None, "Ready", Tone.Ok)]
    [InlineData("ACTIVE", Refinement.UnderWay, "Ready, getting better", Tone.Running)]
    [InlineData("ACTIVE", Refinement.Failed, "Ready, not refined", Tone.Warn)]
    [InlineData("CREATE IN_PROGRESS", Refinement.None, "Training", Tone.Running)]
    [InlineData("CREATE FAILED", Refinement.None, "Failed", Tone.Bad)]
    public void Status_SaysWhatServesAndWhatIsStillToCome(string status, Refinement refinement, string words, Tone tone) =>
        Assert.Equal((words, tone), View(status, refinement).Status);

    [Fact]
    public void Curve_OfATrainingUnderWay_IsTheJobs()
    {
        var view = View("CREATE IN_PROGRESS", curve: [new(2, 10, 0.1, 0.05), new(4, 10, 0.2, 0.05)]);

        Assert.Equal([(2, 0.1), (4, 0.2)], view.Curve![0].Points);
        Assert.Equal([(2, 0.05), (4, 0.05)], view.Curve[1].Points);
        Assert.Equal(10, view.Epochs);
        Assert.Equal("0.200 after 4 of 10 passes: 4.0 times what popularity reaches.", view.CurveSentence);
    }

    [Fact]
    public void Row_OfAMetricWithoutInterval_IsAPoint()
    {
        var view = View("ACTIVE", metrics: new() { [Ndcg] = 0.3, ["coverage"] = 0.8 }, intervals: new() { [Ndcg] = new(0.25, 0.35) });

        var row = view.Row(VersionView.MetricsOf([view]), "1", isBaseline: false);

        Assert.Equal([(0.3, 0.25, 0.35), (0.8, 0.8, 0.8)], row.Cells.Select(cell => (cell!.Value, cell.Low, cell.High)));
    }

    [Fact]
    public void PopularityRow_StandsBesideTheVersion_WhereItWasMeasured()
    {
        var view = View("ACTIVE", metrics: new() { [Ndcg] = 0.3, ["coverage"] = 0.8 });
        var measured = new VersionView(view.Reading with
        {
            State = view.Reading.State with
            {
                Popularity = new Dictionary<string, double> { [Ndcg] = 0.1 },
                PopularityIntervals = new Dictionary<string, MetricInterval> { [Ndcg] = new(0.08, 0.12) },
            },
        });
        var metrics = VersionView.MetricsOf([measured]);

        var row = measured.PopularityRow(metrics, isBaseline: true)!;

        Assert.Null(view.PopularityRow(metrics, isBaseline: true));
        Assert.True(row.IsBaseline);
        Assert.Equal((0.1, 0.08, 0.12), (row.Cells[0]!.Value, row.Cells[0]!.Low, row.Cells[0]!.High));
        Assert.Null(row.Cells[1]);
    }

    [Fact]
    public void Row_OfAVersionThatWasNotMeasured_HasEmptyCells()
    {
        var measured = View("ACTIVE", metrics: new() { [Ndcg] = 0.3 });

        var row = View("CREATE IN_PROGRESS").Row(VersionView.MetricsOf([measured]), "1", isBaseline: false);

        Assert.Equal([null], row.Cells);
    }

    [Fact]
    public void UsersDeletedSince_IsWhatReceiptsSayOfTheVersion()
    {
        var view = View("ACTIVE");

        Assert.Equal(7, view.UsersDeletedSince([Deletion(3, view.Reading.State.Arn), Deletion(4, view.Reading.State.Arn), Deletion(9)]));
        Assert.Null(view.UsersDeletedSince([Deletion(9)]));
    }

    [Fact]
    public void MetricsOf_AModelOfActions_AreItsOwn() => Assert.Equal(
        ["AUC", "Precision", "Recall", "Coverage"],
        VersionView.MetricsOf([View("ACTIVE", metrics: new() { ["coverage"] = 1, ["auc"] = 0.7, ["recall"] = 0.5, ["precision"] = 0.4 })]).Select(m => m.Name));

    private static DeletionReading Deletion(long users, params Arn[] trainedBefore)
    {
        var arn = Arn.Of("us-east-1", "111122223333", ResourceTypes.DataDeletionJob, "gone");
        return new(new DataDeletionJobState
        {
            DeletionJob = new DeletionJobRecord
            {
                Name = "gone", Arn = arn, DatasetGroupArn = Arn.DatasetGroup("us-east-1", "111122223333", "shop"),
                Source = new ImportSource { Location = "s3://uploads/x.csv" }, Status = "COMPLETED", CreatedAt = DateTimeOffset.UnixEpoch,
                UpdatedAt = DateTimeOffset.UnixEpoch,
            },
            Receipt = new DeletionReceipt { Users = users, Datasets = [], TrainedBefore = trainedBefore },
        }, Job: null);
    }

    private static VersionView View(
        string status, Refinement refinement = Refinement.None, IReadOnlyList<CurvePoint>? curve = null,
        Dictionary<string, double>? metrics = null, Dictionary<string, MetricInterval>? intervals = null)
    {
        var solution = Arn.Solution("us-east-1", "111122223333", "best");
        var arn = Arn.SolutionVersion("us-east-1", "111122223333", "best", "0123abcd");
        var job = curve is null ? null : new JobDescription(arn.ToString(), JobKind.TrainFully, 1, 0.4, "transformer", DateTimeOffset.UnixEpoch)
        {
            Curve = curve,
        };
        return new(new VersionReading(
            new SolutionVersionState
            {
                Version = new()
                {
                    Arn = arn, SolutionArn = solution, DatasetGroupArn = Arn.DatasetGroup("us-east-1", "111122223333", "shop"), TrainingMode = "FULL",
                    TrainingType = "MANUAL", Status = status, CreatedAt = DateTimeOffset.UnixEpoch, UpdatedAt = DateTimeOffset.UnixEpoch,
                },
                Sequence = 1, Refinement = refinement, Metrics = metrics, Intervals = intervals,
            },
            job));
    }
}
