using Kindred.Numerics.Sparse;
using Kindred.Recipes.Personalization.Parts;
using Kindred.Recipes.Personalization.Signals;

namespace Kindred.Recipes.Tests.Personalization;

public class MatrixPartTests
{
    private const int Items = 400;
    private static readonly ItemShares Shares = new(Enumerable.Range(0, Items).Select(item => MathF.Log((item + 1f) / (Items * (Items + 1) / 2))).ToArray());
    private static readonly MatrixPart Part = MatrixPart.Sequence(Matrix(), Shares);

    [Theory, InlineData(1), InlineData(20), InlineData(80)]
    public void AddEach_ViewsThatAreWalkedTogether_HaveTheBitsOfEachAlone(int length)
    {
        float[][] expected = [new float[Items], new float[Items], new float[Items]];
        float[][] actual = [new float[Items], new float[Items], new float[Items]];

        Look(length, (in history, scratch) =>
        {
            for (var view = 0; view < expected.Length; view++)
                Part.Signals[view].Add(history, 1, scratch, expected[view]);
            Part.AddEach(history, scratch, actual);
        });

        Assert.Equal(expected, actual);
        Assert.Contains(actual[2], odds => odds > 0);
    }

    [Theory, InlineData(0.3f, 0.5f, 0.2f), InlineData(0f, 0.5f, 0.2f), InlineData(0f, 0f, 0.2f), InlineData(0f, 0f, 0f)]
    public void Add_SomeOrAllViews_IsTheWeightedSum(params float[] weights)
    {
        var (expected, actual) = (new float[Items], new float[Items]);

        Look(60, (in history, scratch) =>
        {
            for (var view = 0; view < weights.Length; view++)
                Part.Signals[view].Add(history, weights[view], scratch, expected);
            Part.Add(history, weights, scratch, actual);
            Part.Add(history, weights, scratch, new float[Items]); // leaves the scratch as it was
        });

        for (var item = 0; item < Items; item++)
            Assert.Equal(expected[item], actual[item], tolerance: 1e-6f * (1 + Math.Abs(expected[item])));
    }

    private delegate void Looking(in HistoryView history, SignalScratch scratch);

    private static void Look(int length, Looking look)
    {
        HistoryEvent[] events = [.. Enumerable.Range(0, length).Select(step => new HistoryEvent(step * 7 % Items, -1, step))];
        var scratch = new SignalScratch(Items);
        look(new HistoryView(new ScoreQuery { History = events }, Items, new int[HistoryView.MaxSteps]), scratch);
    }

    private static SparseRows Matrix()
    {
        var random = new Random(3);
        var (starts, columns, values) = (new int[Items + 1], new List<int>(), new List<float>());
        for (var item = 0; item < Items; item++)
        {
            columns.AddRange(Enumerable.Range(0, Items).Where(_ => random.Next(8) == 0));
            while (values.Count < columns.Count)
                values.Add(random.NextSingle());
            starts[item + 1] = columns.Count;
        }
        return new SparseRows(starts, columns.ToArray(), values.ToArray());
    }
}
