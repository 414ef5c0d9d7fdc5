using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FeedWatch.Seen.Texts;

/// <summary>
/// 64 bits of a text, quick enough for every entry of every changed feed and the same in every process, which string.GetHashCode is not.
/// Two 16-byte lanes, each multiplied to 128 bits and folded. Nothing here withstands somebody who looks for a collision: at worst the
/// edit of his own article goes unnoticed.
/// </summary>
internal static class TextHash
{
    private const ulong One = 0x9E3779B97F4A7C15, Two = 0xD1B54A32D192ED03, Three = 0x8CB92BA72F3D8DD7;
    private const int Step = 32;

    /// <param name="seed">The hash of what went before; 0 for a beginning.</param>
    /// <param name="text">Any text.</param>
    public static long Of(long seed, ReadOnlySpan<char> text)
    {
        var left = (ulong)seed ^ One;
        var right = (ulong)seed ^ Two;
        var bytes = MemoryMarshal.AsBytes(text);
        for (; bytes.Length >= Step; bytes = bytes[Step..]) Take(bytes, ref left, ref right);

        Span<byte> rest = stackalloc byte[Step];
        rest.Clear();
        bytes.CopyTo(rest);
        Take(rest, ref left, ref right);
        return (long)Fold(left ^ (ulong)text.Length, right ^ Three);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)] // so that the lanes stay in registers
    private static void Take(ReadOnlySpan<byte> bytes, ref ulong left, ref ulong right)
    {
        left = Fold(BinaryPrimitives.ReadUInt64LittleEndian(bytes) ^ Two, BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]) ^ left);
        right = Fold(BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]) ^ Three, BinaryPrimitives.ReadUInt64LittleEndian(bytes[24..]) ^ right);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Fold(ulong a, ulong b) => Math.BigMul(a, b, out var low) ^ low;
}
