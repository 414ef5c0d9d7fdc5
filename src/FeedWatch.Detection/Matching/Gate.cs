using System.Buffers;
using FeedWatch.Detection.Text;

namespace FeedWatch.Detection.Matching;

/// <summary>What a text holds of that which makes it worth reading.</summary>
internal enum Opening
{
    /// <summary>Nothing.</summary>
    Closed,

    /// <summary>A phone, a chat: worth reading if police or criminals and a blow against something are told of as well.</summary>
    WithBlow,

    /// <summary>A name that is also a word, something encrypted: worth reading if police, courts or criminals are told of as well.</summary>
    WithAuthority,

    /// <summary>Something that is enough by itself.</summary>
    Open,
}

/// <summary>
/// Says whether a text holds any term worth reading it for. Nearly all news does not, so this is the hot path: a filter names
/// the few places where a term may stand, and an automaton looks only there, never at the same character twice.
/// </summary>
internal sealed class Gate
{
    // In here joints are breaks as well, so that word boundaries can be part of the patterns.
    private static readonly byte[] Classes = [.. Fold.Map.ToArray().Select(folded => folded == Fold.Joint ? Fold.Break : folded)];

    private readonly GramFilter filter = new();
    private readonly ushort[] next;
    private readonly int firstWithBlow;
    private readonly int firstWithAuthority;
    private readonly int firstOpen;

    /// <summary>Builds the automaton.</summary>
    /// <param name="parts">What opens it and how far; the furthest counts.</param>
    public Gate(IEnumerable<(TermPart Part, Opening Opening)> parts)
    {
        var trie = new Trie();
        foreach (var (part, opening) in parts)
        {
            foreach (var pattern in part.Patterns)
            {
                var bounded = Bounded(pattern, part);
                var end = trie.Add(bounded);
                trie.MarkEnd(end, Math.Max(trie.End(end), (int)opening));
                filter.Add(bounded);
            }
        }

        var (order, failure) = trie.Link();
        var openings = new Opening[trie.Count];
        foreach (var node in order)
            openings[node] = (Opening)Math.Max(Math.Max(trie.End(node), 0), (int)openings[failure[node]]);

        // The more a state opens, the higher its number, so that one comparison tells; behind what opens fully nothing is read.
        var row = new int[trie.Count];
        var states = 0;
        firstWithBlow = Number(Opening.Closed);
        firstWithAuthority = Number(Opening.WithBlow);
        firstOpen = Number(Opening.WithAuthority);
        foreach (var node in order.Where(node => openings[node] == Opening.Open))
            row[node] = firstOpen;
        next = new ushort[(firstOpen + 1) * Fold.Classes];
        Array.Fill(next, checked((ushort)firstOpen), firstOpen * Fold.Classes, Fold.Classes);
        foreach (var node in order.Where(node => openings[node] != Opening.Open))
            FillRow(trie, node, failure[node], row);

        int Number(Opening opening)
        {
            foreach (var node in order.Where(node => openings[node] == opening))
                row[node] = states++;
            return states;
        }
    }

    /// <summary>What the text holds.</summary>
    public Opening Look(ReadOnlySpan<char> text)
    {
        var seen = Opening.Closed;
        if (filter.LetsAllThrough)
            return Walk(text, 0, text.Length, next[Fold.Break], ref seen) >= firstOpen ? Opening.Open : seen;
        var read = 0UL;
        var walked = 0;
        int state = next[Fold.Break];
        for (var at = 0; (at = filter.Next(text, Classes, ref read, at, out var reach)) >= 0; at++)
        {
            var behind = Math.Min(at + 1, text.Length); // the end of the text can be what completes it
            var from = Back(text, behind, walked, reach.Before);
            if (from > walked)
                state = 0;
            from = Math.Max(from, walked);
            walked = Math.Max(from, Ahead(text, behind, reach.Behind));
            state = Walk(text, from, walked, state, ref seen);
            if (state >= firstOpen)
                return Opening.Open;
        }

        return seen;
    }

    /// <summary>The state behind the stretch, or a hit. The end of the text is a break.</summary>
    private int Walk(ReadOnlySpan<char> text, int from, int to, int state, ref Opening seen)
    {
        for (var i = from; i < to && state < firstOpen; i++)
        {
            state = next[state * Fold.Classes + Classes[text[i]]];
            if (state >= firstWithBlow)
                Note(state, ref seen);
        }

        if (to == text.Length && state < firstOpen)
        {
            state = next[state * Fold.Classes + Fold.Break];
            Note(state, ref seen);
        }

        return state;
    }

    private void Note(int state, ref Opening seen)
    {
        var opening = state >= firstWithAuthority ? Opening.WithAuthority : state >= firstWithBlow ? Opening.WithBlow : Opening.Closed;
        if (opening > seen)
            seen = opening;
    }

    // Where a pattern that reaches to here can have begun, a step more; a row of breaks is one step, what is invisible none.
    private static int Back(ReadOnlySpan<char> text, int at, int stop, int most)
    {
        var steps = 0;
        var last = Fold.Skip;
        while (at > stop && steps <= most)
            steps += Step(text[--at], ref last);
        return at;
    }

    private static int Ahead(ReadOnlySpan<char> text, int at, int most)
    {
        var steps = 0;
        var last = Fold.Skip;
        while (at < text.Length && steps <= most)
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
        var to = next.AsSpan(row[node] * Fold.Classes, Fold.Classes);
        if (node != 0)
            next.AsSpan(row[failure] * Fold.Classes, Fold.Classes).CopyTo(to);
        foreach (var child in trie.Children(node))
            to[trie.Label(child)] = (ushort)row[child];
        to[Fold.Skip] = (ushort)row[node];
        if (node != 0 && trie.Label(node) == Fold.Break)
            to[Fold.Break] = (ushort)row[node];
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
