using System.Text;

namespace FeedWatch.Chat.Posts;

/// <summary>The little HTML that chats and mail programs agree on: bold, links and quotes.</summary>
internal static class Html
{
    /// <param name="lineBreak">A line feed where the chat shows it, else <c>&lt;br&gt;</c>.</param>
    /// <param name="broken">See <see cref="Posts.Dialect.Broken"/>.</param>
    public static Dialect Dialect(string lineBreak = "\n", string broken = "") => new()
    {
        Escape = Escaped,
        Broken = broken,
        Strong = text => $"<b>{text}</b>",
        Link = (text, address) => $"<a href=\"{Escaped(address)}\">{text}</a>",
        Line = (kind, text) => kind switch
        {
            LineKind.Item => $"• {text}",
            LineKind.Quote => $"<blockquote>{text}</blockquote>",
            _ => text,
        },
        Break = lineBreak,
    };

    private static string Escaped(string text)
    {
        var escaped = new StringBuilder(text.Length + 8);
        foreach (var c in text)
        {
            _ = c switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '"' => escaped.Append("&quot;"),
                _ => escaped.Append(c),
            };
        }

        return escaped.ToString();
    }
}
