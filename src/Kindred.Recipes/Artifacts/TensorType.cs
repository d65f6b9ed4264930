namespace Kindred.Recipes.Artifacts;

/// <summary>Names of element types in a safetensors header.</summary>
internal static class TensorType
{
    public static string Of<T>() where T : unmanaged => typeof(T) switch
    {
        var t when t == typeof(long) => "I64",
        var t when t == typeof(double) => "F64",
        var t when t == typeof(int) => "I32",
        var t when t == typeof(float) => "F32",
        var t when t == typeof(short) => "I16",
        var t when t == typeof(byte) => "U8",
        _ => throw new ArgumentException($"Tensors of {typeof(T)} cannot be stored."),
    };

    /// <summary>Bytes of one element; 0 for a name that is not stored.</summary>
    public static int SizeOf(string name) => name switch
    {
        "I64" or "F64" => 8,
        "I32" or "F32" => 4,
        "I16" => 2,
        "U8" => 1,
        _ => 0,
    };
}
