using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using FeedWatch.Detection.Text;

namespace FeedWatch.Detection.Matching;

/// <summary>
/// Finds the places of a text where a pattern may stand: each pattern must hold one of a set of six-character stretches, or of
/// four where it is short. The two sets are bit tables that stay in the processor's nearest cache, where an automaton of
/// 8,000 states does not, so ordinary text passes at several hundred megabytes a second.
/// </summary>
internal sealed class GramFilter
{
    private const int Long = 6;
    private const int Short = 4;
    private const int LogBits = 18; // 32 KB each

    // Letters from the commonest on, in Latin scripts: a stretch of rare ones lets less text through.
    private const string Common = "eanirtosldumckpghvbfzjywqx";

    private readonly ulong[] six = new ulong[1 << (LogBits - 6)];
    private readonly ulong[] four = new ulong[1 << (LogBits - 6)];
    private readonly Dictionary<ulong, Reach> chosen = [];

    /// <summary>How far the patterns that hold a stretch reach: steps up to its end, and behind it.</summary>
    public readonly record struct Reach(int Before, int Behind)
    {
        public Reach And(Reach other) => new(Math.Max(Before, other.Before), Math.Max(Behind, other.Behind));
    }

    /// <summary>Whether some pattern is too short to be told by a stretch; then every place may hold one.</summary>
    public bool LetsAllThrough { get; private set; }

    /// <param name="pattern">Classes of characters, single breaks at its open ends and between its words.</param>
    public void Add(ReadOnlySpan<byte> pattern)
    {
        var length = pattern.Length >= Long ? Long : Short;
        if (pattern.Length < Short)
        {
            LetsAllThrough = true;
            return;
        }

        var (best, least, end) = (0UL, double.MaxValue, 0);
        for (var i = 0; i + length <= pattern.Length; i++)
        {
            var gram = Gram(pattern.Slice(i, length));
            var common = chosen.ContainsKey(gram) ? -1 : Commonness(pattern.Slice(i, length));
            if (common < least) (best, least, end) = (gram, common, i + length);
        }

        chosen[best] = chosen.GetValueOrDefault(best).And(new(end, pattern.Length - end));
        var table = length == Long ? six : four;
        var slot = Slot(best);
        table[slot >> 6] |= 1UL << (int)slot;
    }

    /// <summary>The first place at or behind <paramref name="from"/> where the stretch of a pattern ends; -1 where there is none.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="classes">The class of each character.</param>
    /// <param name="state">What was read last; 0 (breaks) at the start, kept by the caller between calls.</param>
    /// <param name="from">Where to go on.</param>
    /// <param name="reach">How far around that place the pattern may stand.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Next(ReadOnlySpan<char> text, byte[] classes, ref ulong state, int from, out Reach reach)
    {
        ref var chars = ref MemoryMarshal.GetReference(text);
        ref var classOf = ref MemoryMarshal.GetArrayDataReference(classes);
        ref var sixes = ref MemoryMarshal.GetArrayDataReference(six);
        ref var fours = ref MemoryMarshal.GetArrayDataReference(four);
        var gram = state;
        for (var i = from; i <= text.Length; i++)
        {
            var next = i < text.Length ? Unsafe.Add(ref classOf, Unsafe.Add(ref chars, i)) : Fold.Break; // the end of a text is a break
            if (next == Fold.Skip || (next == Fold.Break && (byte)gram == Fold.Break)) continue;
            gram = (gram << 8) | next;
            var slot6 = Slot(gram & 0xFFFF_FFFF_FFFF);
            var slot4 = Slot(gram & 0xFFFF_FFFF);
            if ((((Unsafe.Add(ref sixes, (nint)(slot6 >> 6)) >> (int)slot6) | (Unsafe.Add(ref fours, (nint)(slot4 >> 6)) >> (int)slot4)) & 1) == 0) continue;
            reach = chosen.GetValueOrDefault(gram & 0xFFFF_FFFF_FFFF).And(chosen.GetValueOrDefault(gram & 0xFFFF_FFFF));
            if (reach.Before == 0) continue; // another stretch of the same slot
            state = gram;
            return i;
        }

        reach = default;
        return -1;
    }

    private static ulong Gram(ReadOnlySpan<byte> classes)
    {
        var gram = 0UL;
        foreach (var next in classes) gram = (gram << 8) | next;
        return gram;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Slot(ulong gram) => (uint)((gram * 0x9E37_79B9_7F4A_7C15) >> (64 - LogBits));

    private static double Commonness(ReadOnlySpan<byte> classes)
    {
        var sum = 0.0;
        foreach (var next in classes)
        {
            var rank = Common.IndexOf(Fold.Letter(next), StringComparison.Ordinal);
            sum += next == Fold.Break ? 4.5 : rank < 0 ? 0 : Math.Log2(64) - BitOperations.Log2((uint)rank + 1);
        }

        return sum;
    }
}
