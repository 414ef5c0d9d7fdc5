using System.Globalization;
using System.Text;

namespace FeedWatch.Chat.Posts;

/// <summary>
/// How a chat that takes running text writes it: what must be escaped, what makes a text strong or a link. The only way from a post's
/// plain text to such a chat, so that nothing gets there unescaped.
/// </summary>
internal sealed record Dialect
{
    /// <summary>
    /// What chats find in a text by themselves and make a link or a mention of: people, rooms, hashtags, commands, addresses. A text that may
    /// pose as an official address is not to become one.
    /// </summary>
    public const string FoundInText = "@#!$/:.";

    private const char ZeroWidthSpace = '\u200B';

    /// <summary>Makes text harmless; is given one character as people count them at a time, and must not depend on its neighbours.</summary>
    public required Func<string, string> Escape { get; init; }

    /// <summary>
    /// Signs that a chat acts on after it has read its markup, for example the @ of a mention: a zero-width space parts them from what follows.
    /// </summary>
    public string Broken { get; init; } = "";

    /// <summary>Of escaped text.</summary>
    public required Func<string, string> Strong { get; init; }

    /// <summary>Of escaped text and an http or https address in ASCII.</summary>
    public required Func<string, string, string> Link { get; init; }

    /// <summary>Puts around a line what its kind asks for.</summary>
    public required Func<LineKind, string, string> Line { get; init; }

    public string Break { get; init; } = "\n";

    /// <summary>How long the chat takes a text to be; UTF-16 units otherwise, which are never fewer than characters.</summary>
    public Func<string, int> Measure { get; init; } = text => text.Length;

    /// <summary>Text without markup, in which a link is its whole address.</summary>
    public static Dialect Literal(string broken) => new()
    {
        Escape = text => text,
        Broken = broken,
        Strong = text => text,
        Link = (_, address) => address,
        Line = (kind, text) => kind is LineKind.Item ? $"• {text}" : text,
    };

    /// <summary>Escapes plain text.</summary>
    public string Plain(string text)
    {
        var escaped = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length;)
        {
            var character = text.Substring(i, StringInfo.GetNextTextElementLength(text, i));
            escaped.Append(Escape(character));
            i += character.Length;
            if (character.AsSpan().ContainsAny(Broken) && (i == text.Length || text[i] != ' ')) escaped.Append(ZeroWidthSpace); // what follows may be another text's
        }

        return escaped.ToString();
    }

    /// <summary>Escapes plain text and cuts it between characters, so that it is no longer than <paramref name="most"/> with its escapes.</summary>
    public string Plain(string text, int most)
    {
        string Written(Line line) => string.Concat(line.Pieces.Select(p => Plain(p.Text)));
        return Fit.Cut(new Line(LineKind.Text, new Piece(text)), most, line => Measure(Written(line))) is { } fitting ? Written(fitting) : "";
    }

    /// <summary>All lines where they fit; else those that must stand, and of the others as many as there is room for.</summary>
    /// <param name="lines">In the order of their weight.</param>
    /// <param name="most">As <see cref="Measure"/> counts; from 400.</param>
    public string Write(IReadOnlyList<Line> lines, int most)
    {
        var between = Measure(Break);
        return string.Join(Break, Fit.Into(most + between, lines, line => Measure(Written(line)) + between).Select(Written));
    }

    private string Written(Line line) => Line(line.Kind, string.Concat(line.Pieces.Select(Written)));

    private string Written(Piece piece)
    {
        if (piece.Text.Length == 0) return "";
        var text = Plain(piece.Text);
        if (piece.Link is { } link) text = Link(text, link);
        return piece.Strong ? Strong(text) : text;
    }
}
