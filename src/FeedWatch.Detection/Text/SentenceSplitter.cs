using System.Buffers;

namespace FeedWatch.Detection.Text;

/// <summary>Finds the sentences of a document. Errs towards long ones: a term and its company should stay together.</summary>
internal static class SentenceSplitter
{
    /// <summary>A text without full stops is cut here, so that nothing later looks at pairs in an endless sentence.</summary>
    private const int MostWords = 120;

    private static readonly SearchValues<char> Stops = SearchValues.Create(".!?…;。");
    private const string Closers = "\"'’”»)]“";

    public static List<Sentence> Split(Document document, IReadOnlySet<string> abbreviations)
    {
        var sentences = new List<Sentence>();
        var first = 0;
        var paragraph = 0;
        for (var word = 0; word < document.Words.Count; word++)
        {
            var end = word == document.Words.Count - 1 ? Gap.Paragraph : GapAfter(document, word, abbreviations);
            if (end == Gap.None && word - first + 1 < MostWords)
                continue;
            sentences.Add(new(first, word + 1, document.FieldAt(document.Words[first].Start), paragraph));
            first = word + 1;
            if (end == Gap.Paragraph)
                paragraph++;
        }

        return sentences;
    }

    private enum Gap
    {
        None,
        Sentence,
        Paragraph,
    }

    private static Gap GapAfter(Document document, int word, IReadOnlySet<string> abbreviations)
    {
        var from = document.Words[word].End;
        var gap = document.Text[from..document.Words[word + 1].Start];
        if (gap.Contains(PlainText.ParagraphEnd))
            return Gap.Paragraph;
        var newline = gap.IndexOf('\n');
        if (newline >= 0 && gap[(newline + 1)..].Contains('\n'))
            return Gap.Paragraph;
        var stop = gap.IndexOfAny(Stops);
        if (stop < 0)
            return newline > 0 && gap[..newline].IndexOfAny(":\"”»") >= 0 ? Gap.Paragraph : Gap.None;
        if (newline > stop)
            return Gap.Paragraph;
        var next = stop + 1;
        while (next < gap.Length && (gap[next] == '.' || Closers.Contains(gap[next], StringComparison.Ordinal)))
            next++;
        var spaced = next < gap.Length && char.IsWhiteSpace(gap[next]);
        if (!spaced)
            return Gap.None;
        if (gap[stop] is '.' && stop == 0 && IsAbbreviation(document.TextOf(word), abbreviations))
            return Gap.None;
        return gap[stop] == ';' || char.IsLower(document.Text[document.Words[word + 1].Start]) && gap[stop] != '!' ? Gap.None : Gap.Sentence;
    }

    // Single letters are initials or parts of abbreviations (U.S., z. B.), one or two digits an ordinal (9. Mai).
    private static bool IsAbbreviation(ReadOnlySpan<char> word, IReadOnlySet<string> abbreviations) =>
        word.Length == 1 && !char.IsDigit(word[0]) || word.Length <= 2 && char.IsDigit(word[0]) || word.Length <= 6 && abbreviations.Contains(Fold.Word(word)) && !IsAllCapital(word);

    // "Sky ECC." is no "ecc.", as Italian writes etc.
    private static bool IsAllCapital(ReadOnlySpan<char> word)
    {
        foreach (var character in word)
        {
            if (!char.IsUpper(character))
                return false;
        }

        return word.Length > 1;
    }
}
