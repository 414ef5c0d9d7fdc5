namespace FeedWatch.Seen.Texts;

/// <summary>A text's letters and digits in small, without markup, entities, punctuation and space: what stays the same when it is set anew.</summary>
internal static class Letters
{
    private const int LongestEntity = 10;

    public static string Of(string text) => string.Create(Walk(text, []), text, (into, from) => Walk(from, into));

    // Counts where there is nothing to write to.
    private static int Walk(ReadOnlySpan<char> text, Span<char> into)
    {
        var count = 0;
        var lastTagEnd = text.LastIndexOf('>'); // or a text of "<" alone would be searched to its end from every one
        for (var at = 0; at < text.Length; at++)
        {
            var c = text[at];
            if (c == '<' && at < lastTagEnd) at += text[at..].IndexOf('>');
            else if (c == '&' && text[at..Math.Min(text.Length, at + LongestEntity)].IndexOf(';') is > 0 and var entity) at += entity;
            else if (char.IsLetterOrDigit(c))
            {
                if (!into.IsEmpty) into[count] = char.ToLowerInvariant(c);
                count++;
            }
        }

        return count;
    }
}
