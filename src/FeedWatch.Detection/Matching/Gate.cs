using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using FeedWatch.Detection.Text;

namespace FeedWatch.Detection.Matching;

/// <summary>
/// Says whether a text holds any term worth reading it for. Nearly all news does not, so this is the hot path: one table look-up
/// for the character, one for the state, no allocation.
/// </summary>
internal sealed class Gate
{
    // In here joints are breaks as well, so that word boundaries can be part of the patterns.
    private static readonly byte[] Classes = [.. Fold.Map.ToArray().Select(folded => folded == Fold.Joint ? Fold.Break : folded)];

    // Spaces and invisible characters can stretch a pattern in a text.
    private const int MostCharacters = 2;

    private readonly int[] next;
    private readonly int firstHit;
    private readonly int longest;

    /// <summary>Builds the automaton from the parts of which one must stand in a text.</summary>
    public Gate(IEnumerable<TermPart> parts)
    {
        var trie = new Trie();
        foreach (var part in parts)
        {
            foreach (var pattern in part.Patterns)
            {
                trie.MarkEnd(trie.Add(Bounded(pattern, part)), 0);
                longest = Math.Max(longest, MostCharacters * pattern.Length);
            }
        }

        var (order, failure) = trie.Link();
        var hits = new bool[trie.Count];
        foreach (var node in order)
            hits[node] = trie.End(node) >= 0 || hits[failure[node]];

        // Hits get the highest numbers, so that one comparison finds them.
        var row = new int[trie.Count];
        var plain = 0;
        foreach (var node in order.Where(node => !hits[node]))
            row[node] = plain++ * Fold.Classes;
        firstHit = plain * Fold.Classes;
        foreach (var node in order.Where(node => hits[node]))
            row[node] = firstHit;
        next = new int[firstHit + Fold.Classes];
        Array.Fill(next, firstHit, firstHit, Fold.Classes);
        foreach (var node in order.Where(node => !hits[node]))
            FillRow(trie, node, failure[node], row);
    }

    /// <summary>Whether one of the parts stands in the text.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Opens(ReadOnlySpan<char> text)
    {
        // One automaton waits for its table most of the time; two halves at once keep the processor busy.
        var half = text.Length >= 4 * longest ? text.Length / 2 : 0;
        ref var table = ref MemoryMarshal.GetArrayDataReference(next);
        ref var classes = ref MemoryMarshal.GetArrayDataReference(Classes);
        ref var second = ref MemoryMarshal.GetReference(text);
        ref var first = ref Unsafe.Add(ref second, text.Length - half);
        int later = Unsafe.Add(ref table, Fold.Break), state = 0;
        for (var i = 0; i < half; i++)
        {
            later = Unsafe.Add(ref table, later + Unsafe.Add(ref classes, Unsafe.Add(ref second, i)));
            state = Unsafe.Add(ref table, state + Unsafe.Add(ref classes, Unsafe.Add(ref first, i)));
            if (later >= firstHit || state >= firstHit)
                return true;
        }

        if (half > 0 && Unsafe.Add(ref table, state + Fold.Break) >= firstHit)
            return true;
        // The rest of the first half, and over the seam as far as a pattern that began before it can reach.
        var end = half > 0 ? Math.Min(text.Length, text.Length - half + longest) : text.Length;
        for (var i = half; i < end; i++)
        {
            later = Unsafe.Add(ref table, later + Unsafe.Add(ref classes, Unsafe.Add(ref second, i)));
            if (later >= firstHit)
                return true;
        }

        return half == 0 && Unsafe.Add(ref table, later + Fold.Break) >= firstHit;
    }

    private void FillRow(Trie trie, int node, int failure, int[] row)
    {
        var to = next.AsSpan(row[node], Fold.Classes);
        if (node != 0)
            next.AsSpan(row[failure], Fold.Classes).CopyTo(to);
        foreach (var child in trie.Children(node))
            to[trie.Label(child)] = row[child];
        to[Fold.Skip] = row[node];
        if (node != 0 && trie.Label(node) == Fold.Break)
            to[Fold.Break] = row[node];
    }

    private static byte[] Bounded(byte[] pattern, TermPart part)
    {
        var bounded = new ArrayBufferWriter<byte>(pattern.Length + 2);
        if (!part.OpenLeft)
            bounded.Write([Fold.Break]);
        foreach (var folded in pattern)
            Add(folded == Fold.Joint ? Fold.Break : folded);
        if (!part.OpenRight)
            Add(Fold.Break);
        return bounded.WrittenSpan.ToArray();

        // A row of breaks is one step.
        void Add(byte folded)
        {
            if (folded != Fold.Break || bounded.WrittenCount == 0 || bounded.WrittenSpan[^1] != Fold.Break)
                bounded.Write([folded]);
        }
    }
}
