using System.Text;
using System.Text.RegularExpressions;
using FeedWatch.Chat.Posts;
using FeedWatch.Chat.Wording;

namespace FeedWatch.Chat.Templating;

/// <summary>
/// What makes a line of a template a title, an item or a quotation. The marks are read in the template's own text, before anything is put
/// into it, and become characters for private use, of which <see cref="PlainText"/> leaves none in what a feed says. So a title that begins
/// with "# " or holds "**" is those words and nothing more.
/// </summary>
internal static partial class TemplateText
{
    private const char Strong = '\uE000';
    private const char LinkBegins = '\uE001';
    private const char LinkEnds = '\uE002';
    private const int LongestText = 4_000;
    private const int MostLines = 400;

    /// <summary>As they are written at the beginning of a line, and what stands for them.</summary>
    private static readonly (string Written, char Mark, LineKind Kind)[] Kinds =
    [
        ("# ", '\uE010', LineKind.Title),
        ("## ", '\uE011', LineKind.Label),
        ("- ", '\uE012', LineKind.Item),
        ("> ", '\uE013', LineKind.Quote),
        ("-# ", '\uE014', LineKind.Small),
    ];

    /// <summary>The template as it is parsed: marks in place of their signs, line by line where they were.</summary>
    public static string Marked(string source)
    {
        var own = PrivateUse().Replace(source.ReplaceLineEndings("\n"), "");
        return LineSign().Replace(own, sign => Kinds.Single(k => k.Written == sign.Groups["sign"].Value).Mark.ToString()).Replace("**", Strong.ToString(), StringComparison.Ordinal);
    }

    /// <summary>A link, where the text is an http or https address; else nothing.</summary>
    public static string Link(string address) => PlainText.Link(address) is { } link ? $"{LinkBegins}{link}{LinkEnds}" : "";

    /// <summary>What a template has made, as lines of plain text; empty lines are left out. The first line above the title is its head.</summary>
    public static IReadOnlyList<Line> Read(string made)
    {
        var lines = LineEnd().Split(made).Select(ReadLine).OfType<Line>().Take(MostLines).ToList();
        var title = lines.FindIndex(l => l.Kind is LineKind.Title);
        if (title > 0 && lines[0].Kind is LineKind.Text) lines[0] = lines[0] with { Kind = LineKind.Head };
        return lines;
    }

    private static Line? ReadLine(string text)
    {
        var kind = Array.Find(Kinds, k => text.StartsWith(k.Mark)) is { Written: not null } marked ? marked.Kind : LineKind.Text;
        var pieces = new List<Piece>();
        var strong = kind is LineKind.Title or LineKind.Label;
        foreach (Match part in Part().Matches(text))
        {
            if (part.Value is [Strong]) strong = !strong;
            else if (part.Value is not [LinkBegins, .. var address, LinkEnds]) Add(pieces, part.Value, strong);
            else if (PlainText.Link(address) is { } link) pieces.Add(Piece.To(link));
        }

        if (pieces is [.., { Link: null } last]) pieces[^1] = last with { Text = last.Text.TrimEnd() };
        pieces.RemoveAll(p => p.Text.Length == 0);
        return pieces.Count == 0 ? null : new Line(kind, pieces);
    }

    /// <summary>Made harmless once more: a filter may have put together what no text held.</summary>
    private static void Add(List<Piece> pieces, string raw, bool strong)
    {
        var text = new StringBuilder(PlainText.Of(raw, LongestText));
        if (char.IsWhiteSpace(raw[0]) && pieces.Count > 0) text.Insert(0, ' ');
        if (char.IsWhiteSpace(raw[^1]) && text.Length > 0 && text[^1] != ' ') text.Append(' ');
        pieces.Add(new Piece(text.ToString(), strong));
    }

    [GeneratedRegex(@"^[ \t]*(?<sign>## |# |- |> |-# )", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex LineSign();

    [GeneratedRegex(@"\p{Co}")]
    private static partial Regex PrivateUse();

    /// <summary>A line ends before a mark too: where the template takes away the white space around a tag, the mark still begins a line.</summary>
    [GeneratedRegex(@"\n|(?=[\uE010-\uE014])")]
    private static partial Regex LineEnd();

    [GeneratedRegex(@"\uE000|\uE001[^\uE000-\uE002]*\uE002|[^\uE000-\uE014]+")]
    private static partial Regex Part();
}
