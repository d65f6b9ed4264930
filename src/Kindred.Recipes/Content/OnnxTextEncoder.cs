using Microsoft.ML.OnnxRuntime;

namespace Kindred.Recipes.Content;

/// <summary>A caller's own sentence encoder: a BERT-like model in ONNX, the mean of its last hidden states over the pieces of the text.</summary>
/// <remarks>One text at a time, on the caller's thread, so that a text has the same vector in any company.</remarks>
internal sealed class OnnxTextEncoder : ITextEncoder, IDisposable
{
    private const string Ids = "input_ids";
    private const string Mask = "attention_mask";
    private const string Types = "token_type_ids";
    private const int MaxPieces = 256; // what sentence encoders are trained on

    private readonly InferenceSession _session;
    private readonly WordPieces _pieces;
    private readonly string _output;
    private readonly string _source;

    /// <param name="modelPath">
    /// ONNX model with the inputs input_ids and, if it likes, attention_mask and token_type_ids, each int64 of [batch, pieces].
    /// </param>
    /// <param name="vocabularyPath">Its <c>vocab.txt</c>.</param>
    /// <exception cref="InvalidDataException">A file is missing, is none of its kind, or they do not fit together.</exception>
    public OnnxTextEncoder(string modelPath, string vocabularyPath)
    {
        (_pieces, _source) = (WordPieces.Read(vocabularyPath), modelPath);
        _session = Open(modelPath);
        try
        {
            CheckInputs();
            _output = FindOutput();
            // Also finds a vocabulary that is larger than the model's table.
            Dimension = Run([_pieces.First, _pieces.Count - 1, _pieces.Last]).Length;
        }
        catch
        {
            _session.Dispose();
            throw;
        }
    }

    public int Dimension { get; }

    public void Encode(ReadOnlySpan<string?> texts, Span<float> vectors, CancellationToken cancellationToken)
    {
        vectors.Clear();
        for (var i = 0; i < texts.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (string.IsNullOrWhiteSpace(texts[i]))
                continue;
            var vector = vectors.Slice(i * Dimension, Dimension);
            Run(_pieces.Encode(texts[i]!, MaxPieces)).CopyTo(vector);
            Unit.Normalize(vector);
        }
    }

    public void Dispose() => _session.Dispose();

    private static InferenceSession Open(string path)
    {
        if (!File.Exists(path))
            throw new InvalidDataException($"The model '{path}' of the text encoder does not exist.");
        try
        {
            // The trainings' own threads call; a pool of its own would only get in their way.
            using var options = new SessionOptions
            {
                IntraOpNumThreads = 1, InterOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
            };
            return new InferenceSession(path, options);
        }
        catch (OnnxRuntimeException e)
        {
            throw new InvalidDataException($"The model '{path}' of the text encoder is no ONNX model that can be run: {e.Message}", e);
        }
    }

    private void CheckInputs()
    {
        var inputs = _session.InputMetadata;
        if (!inputs.ContainsKey(Ids))
            throw new InvalidDataException($"The model '{_source}' of the text encoder has the inputs {string.Join(", ", inputs.Keys)}; "
                + $"{Ids} was expected among them.");
        foreach (var (name, input) in inputs)
        {
            if (name is not (Ids or Mask or Types))
                throw new InvalidDataException(
                    $"The model '{_source}' of the text encoder has the input {name}; only {Ids}, {Mask} and {Types} are known.");
            if (input.ElementType != typeof(long) || input.Dimensions.Length != 2)
                throw new InvalidDataException($"The input {name} of the text encoder '{_source}' is not int64 of shape [batch, pieces].");
        }
    }

    /// <summary>The hidden states, else whatever vector per text the model has.</summary>
    private string FindOutput()
    {
        var outputs = _session.OutputMetadata
            .Where(output => output.Value.ElementType == typeof(float) && output.Value.Dimensions.Length is 2 or 3).ToList();
        return outputs.Where(output => output.Value.Dimensions.Length == 3).Concat(outputs).FirstOrDefault().Key
            ?? throw new InvalidDataException(
                $"The model '{_source}' of the text encoder has no output of floats of shape [batch, pieces, width] or [batch, width].");
    }

    private float[] Run(long[] ids)
    {
        long[] shape = [1, ids.Length];
        var values = new Dictionary<string, OrtValue>();
        try
        {
            foreach (var name in _session.InputMetadata.Keys)
            {
                var input = name switch { Ids => ids, Mask => [.. Enumerable.Repeat(1L, ids.Length)], _ => new long[ids.Length] };
                values.Add(name, OrtValue.CreateTensorValueFromMemory(input, shape));
            }
            using var options = new RunOptions();
            using var outputs = _session.Run(options, values, [_output]);
            return Mean(outputs[0]);
        }
        catch (OnnxRuntimeException e)
        {
            throw new InvalidDataException(
                $"The model '{_source}' of the text encoder does not run on pieces of its vocabulary; "
                + $"do the two files belong together? {e.Message}", e);
        }
        finally
        {
            foreach (var value in values.Values)
                value.Dispose();
        }
    }

    private static float[] Mean(OrtValue output)
    {
        var values = output.GetTensorDataAsSpan<float>();
        var sum = new double[(int)output.GetTensorTypeAndShape().Shape[^1]];
        for (var i = 0; i < values.Length; i++)
            sum[i % sum.Length] += values[i];
        var rows = values.Length / sum.Length;
        return Array.ConvertAll(sum, value => (float)(value / rows));
    }
}
