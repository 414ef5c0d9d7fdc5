using FeedWatch.Chat.Posts;

namespace FeedWatch.Chat.Channels.Chats;

/// <summary>Lines as the elements of a Slack rich-text block: sections, bullet lists and quotes of literal text.</summary>
internal static class RichText
{
    private static readonly object Bold = new { bold = true };

    public static object[] Of(IReadOnlyList<Line> lines)
    {
        var elements = new List<object>();
        for (var i = 0; i < lines.Count;)
        {
            var kind = Block(lines[i].Kind);
            var together = lines.Skip(i).TakeWhile(l => Block(l.Kind) == kind).ToList();
            elements.Add(kind == "rich_text_list"
                ? new { type = kind, style = "bullet", elements = together.Select(l => Section("rich_text_section", [l])).ToArray() }
                : Section(kind, together));
            i += together.Count;
        }

        return [.. elements];
    }

    private static string Block(LineKind kind) => kind switch
    {
        LineKind.Item => "rich_text_list",
        LineKind.Quote => "rich_text_quote",
        _ => "rich_text_section",
    };

    private static object Section(string type, IReadOnlyList<Line> lines)
    {
        var pieces = lines.SelectMany((line, i) => i == 0 ? line.Pieces : [new Piece("\n"), .. line.Pieces]);
        return new { type, elements = pieces.Where(p => p.Text.Length > 0).Select(Element).ToArray() }; // Slack refuses an empty text
    }

    private static object Element(Piece piece) =>
        piece.Link is { } url ? new { type = "link", url, text = piece.Text }
        : piece.Strong ? new { type = "text", text = piece.Text, style = Bold }
        : new { type = "text", text = piece.Text };
}
