namespace Kindred.Recipes.Content;

/// <summary>The text encoder of this process. It is the operator's choice, not a tenant's: it names files of the machine.</summary>
public static class TextEncoders
{
    private static OnnxTextEncoder? _own;

    /// <summary>The operator's encoder; null = texts are encoded by what is learned from them.</summary>
    internal static ITextEncoder? Own => Volatile.Read(ref _own);

    /// <summary>From now on trainings encode texts with an ONNX model. To be called once, at start.</summary>
    /// <param name="modelPath">A BERT-like sentence encoder in ONNX, e.g. all-MiniLM-L6-v2.</param>
    /// <param name="vocabularyPath">Its <c>vocab.txt</c>.</param>
    /// <exception cref="InvalidDataException">A file is missing, is none of its kind, or they do not fit together.</exception>
    public static void Use(string modelPath, string vocabularyPath) => Volatile.Write(ref _own, new OnnxTextEncoder(modelPath, vocabularyPath));
}
