using FeedWatch.Contracts;
using FeedWatch.Detection;
using FeedWatch.Parsing;

namespace FeedWatch.Reports;

/// <summary>The sentences that hold the evidence, word for word, strongest first.</summary>
internal static class Quotes
{
    private const int Most = 3;
    private const int Longest = 300;

    public static IReadOnlyList<Quote> From(ArticleText text, Verdict verdict)
    {
        var sentences = new Dictionary<(TextField Field, int Start), (string Text, double Weight, SortedSet<string> Concepts)>();
        foreach (var evidence in verdict.Evidence.Where(e => e.Weight > 0))
        {
            var field = evidence.Field switch
            {
                TextField.Title => text.Title,
                TextField.Summary => text.Summary,
                _ => text.Content,
            };
            var (start, end) = Sentence(field, evidence.Start, evidence.Start + evidence.Length);
            var known = sentences.GetValueOrDefault((evidence.Field, start), (HtmlText.Plain(field[start..end]), 0, new SortedSet<string>(StringComparer.Ordinal)));
            known.Concepts.Add(evidence.Concept);
            sentences[(evidence.Field, start)] = known with { Weight = known.Weight + evidence.Weight };
        }

        // The title is shown as such already; it is quoted only where it is all there is.
        return
        [
            .. sentences.Where(s => s.Value.Text.Length > 0)
                .OrderBy(s => s.Key.Field == TextField.Title).ThenByDescending(s => s.Value.Weight).ThenBy(s => s.Key)
                .DistinctBy(s => s.Value.Text)
                .Take(Most)
                .Select(s => new Quote { Text = HtmlText.Shortened(s.Value.Text, Longest), Concepts = [.. s.Value.Concepts] }),
        ];
    }

    private static (int Start, int End) Sentence(string text, int from, int to)
    {
        var start = from;
        while (start > 0 && !Ends(text, start - 1)) start--;
        var end = to;
        while (end < text.Length && !Ends(text, end)) end++;
        if (end < text.Length && text[end] is '.' or '!' or '?') end++;
        return (start, end);
    }

    // A point ends a sentence where space and no small letter follows: not in 2.3 or "jl. maandag". Lines and block tags end one too.
    private static bool Ends(string text, int at) => text[at] switch
    {
        '\n' or '\r' => true,
        '.' or '!' or '?' => at + 1 == text.Length || text[at + 1] is '<' or '"' or '”'
            || (char.IsWhiteSpace(text[at + 1]) && (at + 2 >= text.Length || !char.IsLower(text[at + 2]))),
        '>' => IsBlockTag(text.AsSpan(0, at + 1)),
        _ => false,
    };

    private static bool IsBlockTag(ReadOnlySpan<char> upToClose)
    {
        var tag = upToClose[Math.Max(0, upToClose.Length - 12)..];
        return tag.EndsWith("p>") || tag.EndsWith("br>") || tag.EndsWith("br/>") || tag.EndsWith("br />") || tag.EndsWith("li>") || tag.EndsWith("div>")
            || tag.EndsWith("h1>") || tag.EndsWith("h2>") || tag.EndsWith("h3>");
    }
}
