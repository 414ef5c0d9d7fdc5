using System.Buffers;
using FeedWatch.Detection.Text;

namespace FeedWatch.Detection.Matching;

/// <summary>
/// A stretch of a term that stands unbroken in a text. <c>telefoon~</c> may go on with more letters, <c>~telefoon</c> may
/// follow some; a space is a space or hyphen, a hyphen is a space, a hyphen or nothing.
/// </summary>
/// <param name="Patterns">Its spellings as folded bytes.</param>
/// <param name="OpenLeft">Letters may stand before it in the same word.</param>
/// <param name="OpenRight">Letters may follow it in the same word.</param>
/// <param name="MostBetween">How many words may stand between the part before and this one.</param>
internal sealed record TermPart(IReadOnlyList<byte[]> Patterns, bool OpenLeft, bool OpenRight, int MostBetween)
{
    /// <summary>How many words <c>..</c> stands for at most; separated verbs in German and Dutch reach far.</summary>
    private const int Gap = 9;

    private static readonly SearchValues<char> WrittenOut = SearchValues.Create("ßäöüæøåÄÖÜÆØÅ");

    /// <summary>Cuts a term into its parts: at <c>..</c>, and where a word in the middle is open.</summary>
    /// <exception cref="FormatException">It holds no letters, or its markers contradict each other.</exception>
    public static IReadOnlyList<TermPart> Parse(string term)
    {
        var parts = new List<TermPart>();
        var literal = new List<string>();
        var between = 0;
        foreach (var word in term.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (word == "..")
            {
                Close();
                if (parts.Count == 0)
                    throw new FormatException("'..' stands between two words.");
                between = Gap;
                continue;
            }

            if (word.StartsWith('~') || literal.Count > 0 && literal[^1].EndsWith('~'))
                Close();
            literal.Add(word);
        }

        Close();
        return parts.Count > 0 ? parts : throw new FormatException("A term needs letters.");

        void Close()
        {
            if (literal.Count == 0)
                return;
            parts.Add(FromLiteral(string.Join(' ', literal), between));
            literal.Clear();
            between = 0;
        }
    }

    public int Letters => Patterns.Min(pattern => pattern.Count(Fold.IsWord));

    private static TermPart FromLiteral(string literal, int between)
    {
        var body = literal.Trim('~');
        var patterns = new HashSet<string>(StringComparer.Ordinal);
        foreach (var spelling in Spellings(body))
            AddJoints(spelling, 0, "", patterns);
        if (body.Contains('~', StringComparison.Ordinal) || patterns.Any(pattern => !pattern.Any(c => Fold.IsWord((byte)c))))
            throw new FormatException($"'{literal}' is not a term: '~' goes at the start or end of a word, and there must be letters.");
        return new([.. patterns.Select(pattern => pattern.Select(c => (byte)c).ToArray())], literal.StartsWith('~'), literal.EndsWith('~'), between);
    }

    // Umlauts and their like are also written out (ae, ss), all of them or only the ß.
    private static IEnumerable<string> Spellings(string body)
    {
        yield return body;
        if (!body.AsSpan().ContainsAny(WrittenOut))
            yield break;
        var sharp = body.Replace("ß", "ss", StringComparison.Ordinal);
        yield return sharp;
        foreach (var (letter, written) in new[] { ("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("æ", "ae"), ("ø", "oe"), ("å", "aa") })
            sharp = sharp.Replace(letter, written, StringComparison.OrdinalIgnoreCase);
        yield return sharp;
    }

    private static void AddJoints(string spelling, int at, string done, HashSet<string> patterns)
    {
        for (; at < spelling.Length; at++)
        {
            var folded = Fold.Of(spelling[at]);
            if (folded == Fold.Joint && spelling[at] != ' ')
                AddJoints(spelling, at + 1, done, patterns);
            if (folded != Fold.Skip)
                done += (char)folded;
        }

        patterns.Add(done);
    }
}
