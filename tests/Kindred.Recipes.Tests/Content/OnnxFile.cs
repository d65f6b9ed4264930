using System.Buffers.Binary;
using System.Text;

namespace Kindred.Recipes.Tests.Content;

/// <summary>
/// Writes an ONNX model that looks up a vector per piece: its protobuf bytes, by
/// https://github.com/onnx/onnx/blob/main/onnx/onnx.proto.
/// </summary>
internal static class OnnxFile
{
    private const int Float = 1;
    private const int Int64 = 7;

    /// <param name="table">Row-major, shape [pieces, width].</param>
    /// <param name="width">Width of the vectors.</param>
    /// <param name="inputs">Names of int64 inputs of [batch, pieces]; the first one is looked up.</param>
    public static byte[] Lookup(float[] table, int width, params string[] inputs)
    {
        var graph = Message(
            (1, Message((1, "table"), (1, inputs[0]), (2, "last_hidden_state"), (4, "Gather"))),
            (2, "lookup"),
            (5, Message((1, (long)(table.Length / width)), (1, (long)width), (2, (long)Float), (8, "table"), (9, Bytes(table)))));
        foreach (var input in inputs)
            graph = [.. graph, .. Message((11, Value(input, Int64, "batch", "pieces")))];
        graph = [.. graph, .. Message((12, Value("last_hidden_state", Float, "batch", "pieces", "width")))];
        return Message((1, 8L), (7, graph), (8, Message((1, ""), (2, 13L))));
    }

    private static byte[] Value(string name, int type, params string[] dimensions)
    {
        byte[] shape = [.. dimensions.SelectMany(dimension => Message((1, Message((2, dimension)))))];
        return Message((1, name), (2, Message((1, Message((1, (long)type), (2, shape))))));
    }

    private static byte[] Bytes(float[] values)
    {
        var bytes = new byte[values.Length * sizeof(float)];
        for (var i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), values[i]);
        return bytes;
    }

    /// <summary>Fields are numbers (varint), texts or nested bytes.</summary>
    private static byte[] Message(params (int Field, object Value)[] fields)
    {
        var stream = new MemoryStream();
        foreach (var (field, value) in fields)
        {
            if (value is long number)
            {
                Varint(stream, (ulong)field << 3);
                Varint(stream, (ulong)number);
                continue;
            }
            var bytes = value as byte[] ?? Encoding.UTF8.GetBytes((string)value);
            Varint(stream, ((ulong)field << 3) | 2);
            Varint(stream, (ulong)bytes.Length);
            stream.Write(bytes);
        }
        return stream.ToArray();
    }

    private static void Varint(MemoryStream stream, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            stream.WriteByte((byte)(value | 0x80));
        stream.WriteByte((byte)value);
    }
}
