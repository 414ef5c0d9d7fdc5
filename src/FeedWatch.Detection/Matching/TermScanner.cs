using FeedWatch.Detection.Text;

namespace FeedWatch.Detection.Matching;

/// <summary>Finds the terms of a lexicon in texts.</summary>
internal sealed class TermScanner
{
    private readonly Term[] terms;
    private readonly Rows<Shape> partsOf; // of a term
    private readonly Rows<Use> usesOf;    // of a spelling: many terms, in several languages, can be spelt alike
    private readonly int[] letters;       // of a spelling
    private readonly Gate gate;
    private readonly Gate blow;
    private readonly Gate authority;
    private readonly Automaton automaton;

    /// <summary>What is left of a part when its spellings stand in the automaton.</summary>
    private readonly record struct Shape(bool OpenLeft, bool OpenRight, int MostBetween);

    private readonly record struct Use(int Term, int Part);

    public TermScanner(IReadOnlyList<(Term Term, IReadOnlyList<TermPart> Parts)> terms)
    {
        this.terms = [.. terms.Select(entry => entry.Term)];
        partsOf = new(terms.Select(entry => entry.Parts.Select(part => new Shape(part.OpenLeft, part.OpenRight, part.MostBetween))));
        gate = GateOf(term => term.Opens);
        blow = GateOf(term => term.IsBlow ? Opening.WithAuthority : Opening.Closed);
        authority = GateOf(term => term.IsAuthority ? Opening.WithAuthority : Opening.Closed);
        var trie = new Trie();
        var uses = new Dictionary<int, (byte[] Pattern, List<Use> Uses)>();
        for (var term = 0; term < terms.Count; term++)
        {
            for (var part = 0; part < terms[term].Parts.Count; part++)
            {
                foreach (var pattern in terms[term].Parts[part].Patterns)
                {
                    var node = trie.Add(pattern);
                    if (!uses.TryGetValue(node, out var entry))
                        uses[node] = entry = (pattern, []);
                    entry.Uses.Add(new(term, part));
                }
            }
        }

        usesOf = new(uses.Values.Select(entry => entry.Uses));
        letters = [.. uses.Values.Select(entry => entry.Pattern.Count(Fold.IsWord))];
        var number = 0;
        foreach (var node in uses.Keys) trie.MarkEnd(node, number++);

        automaton = new Automaton(trie);

        // Of a term in several parts the gate sees one, which says less than the whole.
        Gate GateOf(Func<Term, Opening> opening) =>
            new(terms.Select(entry => (Part: entry.Parts.MaxBy(part => part.Letters)!, Opening: opening(entry.Term), entry.Parts.Count)).Where(entry => entry.Opening != Opening.Closed)
                .Select(entry => (entry.Part, entry is { Count: > 1, Opening: Opening.Open } ? Opening.WithBlow : entry.Opening)));
    }

    /// <summary>What a plain text holds that makes it worth scanning. Nearly all texts hold nothing, so this is asked first.</summary>
    public Opening Look(ReadOnlySpan<char> text) => gate.Look(text);

    /// <summary>Not closed if a plain text says that something was taken down or read along with.</summary>
    public Opening LookForBlow(ReadOnlySpan<char> text) => blow.Look(text);

    /// <summary>Not closed if a plain text tells of police, courts or criminals.</summary>
    public Opening LookForAuthority(ReadOnlySpan<char> text) => authority.Look(text);

    /// <summary>All terms in the document, in the order of their ends.</summary>
    public List<Hit> Scan(Document document)
    {
        var hits = new List<Hit>();
        var begun = new Dictionary<(int Term, int Part), (int Start, int Word)>();
        automaton.Scan(document.Folded, (number, last) => Found(document, number, last, begun, hits));
        return hits;
    }

    private void Found(Document document, int spelling, int last, Dictionary<(int, int), (int Start, int Word)> begun, List<Hit> hits)
    {
        var folded = document.Folded;
        var start = StartOf(folded, last, letters[spelling]);
        // "660kg" is a number and a word.
        var openLeft = start > 0 && Fold.IsWord(folded[start - 1]) && (!Fold.IsDigit(folded[start - 1]) || Fold.IsDigit(folded[start]));
        var next = last + 1;
        while (next < folded.Length && folded[next] == Fold.Skip)
            next++;
        var openRight = next < folded.Length && Fold.IsWord(folded[next]);
        foreach (var (index, part) in usesOf[spelling])
        {
            var term = terms[index];
            var parts = partsOf[index];
            if (openLeft && !parts[part].OpenLeft || openRight && !parts[part].OpenRight)
                continue;
            if (term.ExactCase && !document.Text[start..(last + 1)].SequenceEqual(Literal(term, last + 1 - start)))
                continue;
            var lastWord = document.WordAt(last);
            var firstWord = document.WordAt(start);
            var from = start;
            if (part > 0)
            {
                if (!begun.TryGetValue((index, part - 1), out var before) || firstWord - before.Word - 1 > parts[part].MostBetween || firstWord <= before.Word)
                    continue;
                from = before.Start;
            }

            if (part < parts.Length - 1)
            {
                begun[(index, part)] = (from, lastWord);
                continue;
            }

            var first = part == 0 ? firstWord : document.WordAt(from);
            var sentence = document.SentenceAt(lastWord);
            if (first >= document.Sentences[sentence].FirstWord)
                hits.Add(new(term, from, openRight ? document.Words[lastWord].End : last + 1, first, lastWord, sentence));
        }
    }

    private static ReadOnlySpan<char> Literal(Term term, int length)
    {
        var written = term.Written.AsSpan().Trim("=~");
        return written.Length > length ? written[..length] : written;
    }

    private static int StartOf(ReadOnlySpan<byte> folded, int last, int letters)
    {
        var at = last + 1;
        while (letters > 0)
        {
            if (Fold.IsWord(folded[--at]))
                letters--;
        }

        return at;
    }

    /// <summary>A list of lists in two arrays. A lexicon has tens of thousands of lists of one or two, and an object for each weighs more than what it holds.</summary>
    private readonly struct Rows<T>
    {
        private readonly T[] all;
        private readonly int[] ends;

        public Rows(IEnumerable<IEnumerable<T>> rows)
        {
            var (items, marks) = (new List<T>(), new List<int>());
            foreach (var row in rows)
            {
                items.AddRange(row);
                marks.Add(items.Count);
            }

            (all, ends) = ([.. items], [.. marks]);
        }

        public ReadOnlySpan<T> this[int row] => all.AsSpan((row == 0 ? 0 : ends[row - 1])..ends[row]);
    }
}
