using Kindred.Recipes.Transformer;

namespace Kindred.Recipes.Tests.Transformer;

/// <summary>The network and its loss in double, written the obvious way: one window at a time, no dropout.</summary>
internal sealed class NetworkReference(WeightLayout layout, double[] weights, double[] vectors)
{
    private readonly int _width = layout.Width;

    public double[] Weights { get; } = weights;
    public double[] Vectors { get; } = vectors;

    /// <summary>Σ weight · -log p(target) / Σ weight, where p is over the target and the sample.</summary>
    public double Loss(TokenBatch batch, NegativeSample sample)
    {
        var (loss, total) = (0.0, 0.0);
        for (var window = 0; window < batch.Windows; window++)
        {
            var hidden = Hidden(batch, batch.Starts[window], batch.Starts[window + 1]);
            for (var i = 0; i < hidden.Length; i++)
            {
                var step = batch.Starts[window] + i;
                foreach (var (_, context) in batch.Contexts.Where(context => context.Step == step))
                    hidden[i] = Row(_width, j => hidden[i][j] + context.Weight * Weights[layout.Contexts.Start.Value + context.Feature * _width + j]);
                var target = Logit(hidden[i], batch.Targets[step]);
                var sum = Math.Exp(target);
                for (var n = 0; n < sample.Count; n++)
                {
                    if (sample.Items[n] != batch.Targets[step])
                        sum += Math.Exp(Logit(hidden[i], sample.Items[n]) + sample.Corrections[n]);
                }
                loss += batch.Weights[step] * (Math.Log(sum) - target);
                total += batch.Weights[step];
            }
        }
        return loss / total;
    }

    public double[][] Hidden(TokenBatch batch, int from, int to)
    {
        double[][] x = [.. Enumerable.Range(from, to - from).Select(step => batch.IsUser(step) ? User(batch, batch.UserOf(step)) : Row(_width, j =>
            Math.Sqrt(_width) * Vectors[batch.Items[step] * _width + j]
            + Weights[layout.Positions.Start.Value + batch.Positions[step] * _width + j]
            + Weights[layout.Types.Start.Value + batch.Types[step] * _width + j]
            + Weights[layout.Gaps.Start.Value + batch.Gaps[step] * _width + j]))];
        foreach (var block in layout.Blocks)
        {
            x = Add(
                x,
                Affine(
                    Attend(Affine(Normalize(x), block.Projection, block.ProjectionBias, 3 * _width)),
                    block.Output,
                    block.OutputBias,
                    _width));
            var expanded = Affine(Normalize(x), block.Expansion, block.ExpansionBias, layout.FeedForward);
            x = Add(
                x,
                Affine(
                    [.. expanded.Select(row => Row(row.Length, j => Math.Max(0, row[j])))],
                    block.Contraction,
                    block.ContractionBias,
                    _width));
        }
        return [.. Normalize(x).Select(row => Row(_width, j => row[j] * Weights[layout.Gain.Start.Value + j] + Weights[layout.Bias.Start.Value + j]))];
    }

    private double[] User(TokenBatch batch, int user) => Row(_width, j => Weights[layout.Users.Start.Value + j]
        + Enumerable.Range(0, user < 0 ? 0 : batch.Users!.Codes.Length).Where(i => i >= batch.Users!.Starts[user] && i < batch.Users.Starts[user + 1])
            .Sum(i => batch.Users!.Weights[i] * Weights[layout.Users.Start.Value + (1 + batch.Users.Codes[i]) * _width + j]));

    private double[][] Attend(double[][] projected)
    {
        var size = _width / layout.Heads;
        return [.. projected.Select((row, i) =>
        {
            var mixed = new double[_width];
            for (var head = 0; head < layout.Heads; head++)
            {
                var scores = Enumerable.Range(0, i + 1).Select(k => Math.Exp(Enumerable.Range(head * size, size)
                    .Sum(j => row[j] * projected[k][_width + j]) / Math.Sqrt(size))).ToArray();
                for (var k = 0; k <= i; k++)
                {
                    for (var j = head * size; j < (head + 1) * size; j++)
                        mixed[j] += scores[k] / scores.Sum() * projected[k][2 * _width + j];
                }
            }
            return mixed;
        })];
    }

    private double[][] Affine(double[][] x, Range matrix, Range bias, int outputs) => [.. x.Select(row => Row(outputs, o =>
        Weights[bias.Start.Value + o] + row.Select((value, i) => value * Weights[matrix.Start.Value + i * outputs + o]).Sum()))];

    private static double[][] Normalize(double[][] x) => [.. x.Select(row =>
    {
        var mean = row.Average();
        var deviation = Math.Sqrt(row.Average(value => (value - mean) * (value - mean)) + 1e-6);
        return Row(row.Length, j => (row[j] - mean) / deviation);
    })];

    private static double[][] Add(double[][] x, double[][] y) => [.. x.Select((row, i) => Row(row.Length, j => row[j] + y[i][j]))];

    private double Logit(double[] hidden, int item) => hidden.Select((value, j) => value * Vectors[item * _width + j]).Sum();

    private static double[] Row(int length, Func<int, double> value) => [.. Enumerable.Range(0, length).Select(value)];
}
