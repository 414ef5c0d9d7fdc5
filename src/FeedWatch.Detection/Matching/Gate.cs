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
    private readonly Automaton automaton;
    private readonly Opening[] openings;

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
        openings = new Opening[trie.Count];
        foreach (var node in order)
            openings[node] = (Opening)Math.Max(Math.Max(trie.End(node), 0), (int)openings[failure[node]]);
        automaton = new Automaton(trie);
    }

    /// <summary>What the text holds.</summary>
    public Opening Look(ReadOnlySpan<char> text)
    {
        var walk = new Position(automaton.Step(0, Fold.Break), Fold.Break);
        if (filter.LetsAllThrough)
            return Walk(text, 0, text.Length, ref walk, Opening.Closed);
        var seen = Opening.Closed;
        var read = 0UL;
        var walked = 0;
        for (var at = 0; (at = filter.Next(text, Classes, ref read, at, out var reach)) >= 0; at++)
        {
            var behind = Math.Min(at + 1, text.Length); // the end of the text can be what completes it
            var from = Back(text, behind, walked, reach.Before);
            if (from > walked)
                walk = new();
            from = Math.Max(from, walked);
            walked = Math.Max(from, Ahead(text, behind, reach.Behind));
            seen = Walk(text, from, walked, ref walk, seen);
            if (seen == Opening.Open)
                return seen;
        }

        return seen;
    }

    /// <summary>What was seen before or in the stretch; where it opens fully, the rest is not read. The end of the text is a break.</summary>
    private Opening Walk(ReadOnlySpan<char> text, int from, int to, ref Position walk, Opening seen)
    {
        for (var i = from; i < to && seen != Opening.Open; i++)
            seen = Read(Classes[text[i]], ref walk, seen);
        return to == text.Length && seen != Opening.Open ? Read(Fold.Break, ref walk, seen) : seen;
    }

    // A row of breaks is one, and what is invisible is not there.
    private Opening Read(byte folded, ref Position walk, Opening seen)
    {
        if (folded == Fold.Skip || folded == Fold.Break && walk.Last == Fold.Break)
            return seen;
        walk = new(automaton.Step(walk.Node, folded), folded);
        var opening = openings[walk.Node];
        return opening > seen ? opening : seen;
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

    /// <summary>Where the automaton stands, and what it read last.</summary>
    private readonly record struct Position(int Node, byte Last)
    {
        /// <summary>In the midst of a text, with nothing read.</summary>
        public Position()
            : this(0, Fold.Foreign)
        {
        }
    }
}
