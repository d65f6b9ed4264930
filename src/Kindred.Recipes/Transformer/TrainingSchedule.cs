using System.Globalization;

namespace Kindred.Recipes.Transformer;

/// <summary>
/// How long a training goes on and how fast it learns: a short warm-up, a plateau, and a fall to zero over the last part. When validation stops
/// getting better on the plateau, the fall begins at once; when it gets clearly worse even then, the training ends.
/// </summary>
internal sealed class TrainingSchedule
{
    private const double NominalWidth = 64;
    private const double LeastShare = 0.02;
    private readonly TransformerOptions _options;
    private double _best = double.NegativeInfinity;
    private int _sinceBest;

    public TrainingSchedule(TransformerOptions options, int epochs)
    {
        _options = options;
        Epochs = epochs;
        DecayFrom = epochs * (1 - options.DecayShare);
    }

    /// <summary>Epochs in all, as far as is known now.</summary>
    public int Epochs { get; private set; }

    /// <summary>Epochs after which the learning rate begins to fall.</summary>
    public double DecayFrom { get; private set; }

    /// <summary>Best validation so far; negative infinity before the first.</summary>
    public double Best => _best;

    /// <param name="step">Steps of the optimizer so far.</param>
    /// <param name="epochs">Epochs so far, with the part of the current one.</param>
    public double RateAt(long step, double epochs)
    {
        var warmup = Math.Min(1, (step + 1.0) / _options.WarmupSteps);
        var decay = epochs <= DecayFrom ? 1 : Math.Max(LeastShare, (Epochs - epochs) / (Epochs - DecayFrom));
        return _options.LearningRate * Math.Sqrt(NominalWidth / _options.HiddenDimension) * warmup * decay;
    }

    /// <summary>Whether the weights after this many epochs are measured: about twenty times in a training, and at its end.</summary>
    public bool IsValidatedAfter(int epochs) => epochs == Epochs || epochs % Math.Max(1, Epochs / 20) == 0;

    /// <summary>Takes a validation in.</summary>
    /// <returns>Whether it is the best so far.</returns>
    public bool Validate(int epochs, double ndcg)
    {
        if (ndcg > _best)
        {
            (_best, _sinceBest) = (ndcg, 0);
            return true;
        }
        if (++_sinceBest < _options.Patience)
            return false;
        _sinceBest = 0;
        if (epochs > DecayFrom)
            Epochs = epochs;
        else
            (DecayFrom, Epochs) = (epochs, Math.Min(Epochs, epochs + Math.Max(2, (int)(epochs * _options.DecayShare))));
        return false;
    }

    public string Save() => string.Create(CultureInfo.InvariantCulture, $"{Epochs} {DecayFrom:R} {_best:R} {_sinceBest}");

    public void Restore(string saved)
    {
        var parts = saved.Split(' ');
        Epochs = int.Parse(parts[0], CultureInfo.InvariantCulture);
        DecayFrom = double.Parse(parts[1], CultureInfo.InvariantCulture);
        _best = double.Parse(parts[2], CultureInfo.InvariantCulture);
        _sinceBest = int.Parse(parts[3], CultureInfo.InvariantCulture);
    }
}
