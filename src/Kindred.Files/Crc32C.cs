using System.Buffers.Binary;
using System.Numerics;

namespace Kindred.Files;

/// <summary>CRC-32C (Castagnoli, RFC 3720 appendix B.4) with the processor's instruction where it has one.</summary>
public static class Crc32C
{
    /// <param name="seed">The checksum of the bytes before, to go on from.</param>
    public static uint Of(ReadOnlySpan<byte> bytes, uint seed = 0)
    {
        var crc = ~seed;
        for (; bytes.Length >= 8; bytes = bytes[8..]) crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (var b in bytes) crc = BitOperations.Crc32C(crc, b);
        return ~crc;
    }
}
