using System.Buffers;

namespace FeedWatch.Seen.Texts;

/// <summary>A text's letters and digits in small, without markup, entities, punctuation and space: what stays the same when it is set anew.</summary>
internal static class Letters
{
    private const int LongestEntity = 10;

    public static string Of(string text)
    {
        var into = ArrayPool<char>.Shared.Rent(text.Length);
        var letters = new string(into, 0, Walk(text, into));
        ArrayPool<char>.Shared.Return(into);
        return letters;
    }

    private static int Walk(ReadOnlySpan<char> text, Span<char> into)
    {
        var count = 0;
        var lastTagEnd = text.LastIndexOf('>'); // or a text of "<" alone would be searched to its end from every one
        for (var at = 0; at < text.Length; at++)
        {
            var c = text[at];
            if (char.IsAsciiLetterOrDigit(c)) into[count++] = (char)(c | 0x20); // digits have that bit
            else if (c == '<' && at < lastTagEnd) at += text[at..].IndexOf('>');
            else if (c == '&' && text[at..Math.Min(text.Length, at + LongestEntity)].IndexOf(';') is > 0 and var entity) at += entity;
            else if (char.IsLetterOrDigit(c)) into[count++] = char.ToLowerInvariant(c);
        }

        return count;
    }
}
