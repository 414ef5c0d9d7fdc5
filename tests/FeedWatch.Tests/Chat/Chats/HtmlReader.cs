using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace FeedWatch.Tests.Chat.Chats;

/// <summary>Reads the HTML of our own posts strictly: bold, links and quotes, closed in order, and no other sign that could begin a tag or an entity.</summary>
internal static partial class HtmlReader
{
    /// <returns>The text that a person sees, and the links in it.</returns>
    public static (string Text, IReadOnlyList<(string Text, string Address)> Links) Read(string html)
    {
        var text = new StringBuilder();
        var links = new List<(string, string)>();
        var open = new Stack<(string Tag, int From, string Address)>();
        for (var i = 0; i < html.Length;)
        {
            var tag = Tag().Match(html, i);
            if (tag.Success && tag.Index == i)
            {
                var name = tag.Groups["name"].Value;
                if (name is "br")
                {
                    text.Append('\n');
                }
                else if (!tag.Groups["close"].Success)
                {
                    Assert.True(name == "a" == tag.Groups["href"].Success, $"{tag.Value} in: {html}");
                    open.Push((name, text.Length, WebUtility.HtmlDecode(tag.Groups["href"].Value)));
                }
                else
                {
                    var (opened, from, address) = open.Pop();
                    Assert.Equal(name, opened);
                    if (name is "a") links.Add((text.ToString(from, text.Length - from), address));
                }

                i += tag.Length;
                continue;
            }

            var entity = Entity().Match(html, i);
            if (entity.Success && entity.Index == i)
            {
                text.Append(WebUtility.HtmlDecode(entity.Value));
                i += entity.Length;
                continue;
            }

            Assert.True(html[i] is not ('<' or '>' or '&' or '"'), $"'{html[i]}' at {i} is not escaped in: {html}");
            text.Append(html[i++]);
        }

        Assert.Empty(open);
        return (text.ToString(), links);
    }

    [GeneratedRegex("<((?<close>/)(?<name>b|a|blockquote)|(?<name>b|br|blockquote)|(?<name>a) href=\"(?<href>https?://[^\"<>]*)\")>", RegexOptions.ExplicitCapture)]
    private static partial Regex Tag();

    [GeneratedRegex("&(amp|lt|gt|quot);", RegexOptions.ExplicitCapture)]
    private static partial Regex Entity();
}
