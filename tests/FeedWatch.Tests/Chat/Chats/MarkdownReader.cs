using System.Text;

namespace FeedWatch.Tests.Chat.Chats;

/// <summary>
/// Reads Markdown strictly: a sign that some chat acts on means something unless a backslash stands before it. Knows only what our own posts use (strong
/// text, links, a bullet or quote at a line's start) and fails at anything else that a chat might act on.
/// </summary>
internal static class MarkdownReader
{
    /// <returns>The text that a person sees, and the links in it.</returns>
    public static (string Text, IReadOnlyList<(string Text, string Address)> Links) Read(string markdown)
    {
        var text = new StringBuilder();
        var links = new List<(string, string)>();
        var linkStart = -1;
        for (var i = 0; i < markdown.Length; i++)
        {
            var c = markdown[i];
            var lineStart = i == 0 || markdown[i - 1] == '\n';
            if (c == '\\')
            {
                Assert.True(i + 1 < markdown.Length && IsSign(markdown[i + 1]), $"A backslash escapes nothing at {i} in: {markdown}");
                text.Append(markdown[++i]);
            }
            else if (c == '*' && i + 1 < markdown.Length && markdown[i + 1] == '*')
            {
                i++;
            }
            else if (c == '[' && linkStart < 0)
            {
                linkStart = text.Length;
            }
            else if (c == ']' && linkStart >= 0 && markdown[i + 1] == '(')
            {
                var end = markdown.IndexOf(')', i);
                links.Add((text.ToString(linkStart, text.Length - linkStart), markdown[(i + 2)..end]));
                (i, linkStart) = (end, -1);
            }
            else
            {
                Assert.True(!IsSign(c) || (lineStart && c == '>' && markdown[i + 1] == ' '), $"'{c}' at {i} is not escaped in: {markdown}");
                text.Append(c);
            }
        }

        Assert.True(linkStart < 0, $"A link is not closed in: {markdown}");
        return (text.ToString(), links);
    }

    /// <summary>Every link says where it goes.</summary>
    public static void AssertHonest(IEnumerable<(string Text, string Address)> links) => Assert.All(links, link =>
    {
        Assert.StartsWith("http", link.Address, StringComparison.Ordinal);
        Assert.Equal(new Uri(link.Address).IdnHost, link.Text.Replace("\u200B", "", StringComparison.Ordinal));
    });

    /// <summary>Emphasis, code, links, quotes, headings, lists, tables, rules, entities, formulas, spoilers, mentions, emoji and addresses need one of them.</summary>
    private static bool IsSign(char c) => c is '\\' or '`' or '*' or '_' or '~' or '|' or '<' or '>' or '#' or '+' or '-' or '=' or ':' or '@' or '[' or ']' or '(' or ')' or '!' or '&' or '$' or '.' or '^';
}
