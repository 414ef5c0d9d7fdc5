using System.Buffers;
using FeedWatch.Detection.Text;

namespace FeedWatch.Detection.Matching;

/// <summary>
/// Says whether a text holds any term worth reading it for. Nearly all news does not, so this is the hot path: a filter names
/// the few places where a term may stand, and an automaton looks only there, never at the same character twice.
/// </summary>
internal sealed class Gate
{
    // In here joints are breaks as well, so that word boundaries can be part of the patterns.
    private static readonly byte[] Classes = [.. Fold.Map.ToArray().Select(folded => folded == Fold.Joint ? Fold.Break : folded)];

    private readonly GramFilter filter = new();
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
                var bounded = Bounded(pattern, part);
                trie.MarkEnd(trie.Add(bounded), 0);
                filter.Add(bounded);
                longest = Math.Max(longest, bounded.Length);
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
    public bool Opens(ReadOnlySpan<char> text)
    {
        if (filter.LetsAllThrough)
            return Walk(text, 0, text.Length, next[Fold.Break]) >= firstHit;
        var read = 0UL;
        var walked = 0;
        var state = next[Fold.Break];
        for (var at = 0; (at = filter.Next(text, Classes, ref read, at)) >= 0; at++)
        {
            var from = Back(text, at, walked);
            if (from > walked)
                state = 0;
            from = Math.Max(from, walked);
            walked = Math.Max(from, Ahead(text, at));
            state = Walk(text, from, walked, state);
            if (state >= firstHit)
                return true;
        }

        return false;
    }

    /// <summary>The state behind the stretch, or a hit. The end of the text is a break.</summary>
    private int Walk(ReadOnlySpan<char> text, int from, int to, int state)
    {
        for (var i = from; i < to && state < firstHit; i++)
            state = next[state + Classes[text[i]]];
        return to == text.Length && state < firstHit ? next[state + Fold.Break] : state;
    }

    // Where a pattern that reaches to here can have begun; a row of breaks is one step, what is invisible none.
    private int Back(ReadOnlySpan<char> text, int at, int stop)
    {
        var steps = 0;
        var last = Fold.Skip;
        while (at > stop && steps <= longest)
            steps += Step(text[--at], ref last);
        return at;
    }

    private int Ahead(ReadOnlySpan<char> text, int at)
    {
        var steps = 0;
        var last = Fold.Skip;
        while (at < text.Length && steps <= longest)
            steps += Step(text[at++], ref last);
        return at;
    }

    private static int Step(char character, ref byte last)
    {
        var folded = Classes[character];
        var isStep = folded != Fold.Skip && (folded != Fold.Break || last != Fold.Break);
        if (folded != Fold.Skip)
            last = folded;
        return isStep ? 1 : 0;
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
