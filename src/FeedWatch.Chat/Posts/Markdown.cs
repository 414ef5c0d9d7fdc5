using System.Text;

namespace FeedWatch.Chat.Posts;

/// <summary>Markdown as most chats read it. A sign of ASCII with a backslash before it means nothing (CommonMark 0.31, 2.4).</summary>
internal static class Markdown
{
    /// <summary>All that begins or ends something in CommonMark or in one of the chats: formulas, spoilers, mentions, emoji, addresses.</summary>
    private const string Signs = @"\`*_~|<>#+-=:@[]()!&$.^";

    /// <param name="broken">See <see cref="Posts.Dialect.Broken"/>; here backslashes no longer protect.</param>
    /// <param name="openQuotes">A quotation goes on until an empty line, as CommonMark has it (5.1, "laziness"). Else it is its own line.</param>
    public static Dialect Dialect(string broken = "", bool openQuotes = false) => new()
    {
        Escape = Escaped,
        Broken = broken,
        Strong = text => $"**{text}**",
        Link = (text, address) => $"[{text}]({Destination(address)})",
        Line = (kind, text) => kind switch
        {
            LineKind.Item => $"• {text}",
            LineKind.Quote => openQuotes ? $"> {text}\n" : $"> {text}",
            _ => text,
        },
    };

    private static string Escaped(string character)
    {
        var escaped = new StringBuilder(character.Length + 2);
        foreach (var c in character)
        {
            if (Signs.Contains(c, StringComparison.Ordinal)) escaped.Append('\\');
            escaped.Append(c);
        }

        return escaped.ToString();
    }

    /// <summary>Brackets would end the link early; a backslash cannot stand in an address.</summary>
    private static string Destination(string address) => address.Replace("(", "%28", StringComparison.Ordinal).Replace(")", "%29", StringComparison.Ordinal);
}
