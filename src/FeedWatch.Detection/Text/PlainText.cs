using System.Buffers;
using System.Globalization;

namespace FeedWatch.Detection.Text;

/// <summary>
/// A field as a person sees it: tags gone, entities read, each block an own paragraph. Remembers where every character stood,
/// because evidence is quoted from the field as it was given.
/// </summary>
internal sealed class PlainText
{
    /// <summary>Stands where a paragraph, list item or field ends.</summary>
    public const char ParagraphEnd = '\u2029';

    private static readonly SearchValues<char> MarkupStarts = SearchValues.Create("<&");
    private static readonly SearchValues<char> NameEnds = SearchValues.Create(" \t\r\n/>");
    private static readonly HashSet<string> Inline = new(StringComparer.OrdinalIgnoreCase)
    {
        "a", "abbr", "b", "bdi", "bdo", "cite", "code", "em", "font", "i", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "u", "wbr",
    };

    private readonly List<Piece> pieces = [];
    private char[] buffer = [];
    private Search closing = new(">");
    private Search commentEnd = new("-->");
    private Search scriptEnd = new("</script");
    private Search styleEnd = new("</style");

    /// <summary>A stretch of plain text and the stretch of source it came from.</summary>
    private readonly record struct Piece(int Start, int Source, int SourceLength, bool Verbatim);

    /// <summary>Number of characters in <see cref="Text"/>.</summary>
    public int Length { get; private set; }

    public ReadOnlySpan<char> Text => buffer.AsSpan(0, Length);

    public static bool HasMarkup(string field) => field.AsSpan().ContainsAny('<', '&');

    /// <summary>Reads a field. The instance may be read into again.</summary>
    public void Read(string field)
    {
        pieces.Clear();
        Length = 0;
        if (buffer.Length < field.Length)
            buffer = new char[field.Length];
        closing.At = commentEnd.At = scriptEnd.At = styleEnd.At = -1;
        var at = 0;
        while (at < field.Length)
        {
            var run = field.AsSpan(at).IndexOfAny(MarkupStarts);
            if (run != 0)
            {
                var length = run < 0 ? field.Length - at : run;
                Copy(field, at, length);
                at += length;
                continue;
            }

            if (field[at] == '&')
                at = ReadEntity(field, at);
            else if (IsTag(field, at) && TagEnd(field, at) is var end and < int.MaxValue)
                at = SkipTag(field, at, end);
            else
                Copy(field, at++, 1);
        }
    }

    /// <summary>The place in the source where a stretch of plain text stands, tags inside it included.</summary>
    public (int Start, int Length) InSource(int start, int length)
    {
        var from = SourceOf(start, end: false);
        return (from, SourceOf(start + length - 1, end: true) - from);
    }

    private int SourceOf(int position, bool end)
    {
        int low = 0, high = pieces.Count - 1;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (pieces[middle].Start <= position)
                low = middle;
            else
                high = middle - 1;
        }

        var piece = pieces[low];
        if (piece.Verbatim)
            return piece.Source + position - piece.Start + (end ? 1 : 0);
        return end ? piece.Source + piece.SourceLength : piece.Source;
    }

    private void Copy(string field, int at, int length)
    {
        if (pieces.Count > 0 && pieces[^1] is { Verbatim: true } last && last.Source + last.SourceLength == at)
            pieces[^1] = last with { SourceLength = last.SourceLength + length };
        else
            pieces.Add(new(Length, at, length, true));
        field.AsSpan(at, length).CopyTo(buffer.AsSpan(Length));
        Length += length;
    }

    private static bool IsTag(string field, int at) =>
        at + 1 < field.Length && (char.IsAsciiLetter(field[at + 1]) || field[at + 1] is '/' or '!' or '?');

    private int TagEnd(string field, int at)
    {
        if (field.AsSpan(at).StartsWith("<!--", StringComparison.Ordinal) && commentEnd.From(field, at + 4) is var end and < int.MaxValue)
            return end + 2;
        return closing.From(field, at);
    }

    private int SkipTag(string field, int at, int end)
    {
        var inside = field.AsSpan(at + 1, end - at - 1);
        var name = inside.TrimStart('/');
        var nameEnd = name.IndexOfAny(NameEnds);
        if (nameEnd >= 0)
            name = name[..nameEnd];
        if (!name.StartsWith('!') && !Inline.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name))
        {
            pieces.Add(new(Length, at, end + 1 - at, false));
            buffer[Length++] = ParagraphEnd;
        }

        var next = int.MaxValue;
        if (name.Equals("script", StringComparison.OrdinalIgnoreCase) && inside[0] != '/')
            next = scriptEnd.From(field, end);
        else if (name.Equals("style", StringComparison.OrdinalIgnoreCase) && inside[0] != '/')
            next = styleEnd.From(field, end);
        return next == int.MaxValue ? end + 1 : next;
    }

    private int ReadEntity(string field, int at)
    {
        var semicolon = field.AsSpan(at, Math.Min(field.Length - at, 12)).IndexOf(';');
        if (semicolon > 1 && EntityValue(field.AsSpan(at + 1, semicolon - 1)) is { } value)
        {
            pieces.Add(new(Length, at, semicolon + 1, false));
            buffer[Length++] = value;
            return at + semicolon + 1;
        }

        Copy(field, at, 1);
        return at + 1;
    }

    private static char? EntityValue(ReadOnlySpan<char> name)
    {
        if (name[0] == '#')
        {
            var hex = name.Length > 1 && name[1] is 'x' or 'X';
            var parsed = int.TryParse(name[(hex ? 2 : 1)..], hex ? NumberStyles.HexNumber : NumberStyles.None, CultureInfo.InvariantCulture, out var code);
            return parsed && code is > 0 and <= char.MaxValue && !char.IsSurrogate((char)code) ? (char)code : null;
        }

        return Entities.Named.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var value) ? value : null;
    }

    /// <summary>Finds the next of something, remembering the last answer: a text full of openings must not be searched to its end for each.</summary>
    private struct Search(string what)
    {
        public int At = -1;

        public int From(string field, int start)
        {
            if (At < start)
                At = field.IndexOf(what, start, StringComparison.OrdinalIgnoreCase) is >= 0 and var found ? found : int.MaxValue;
            return At;
        }
    }
}
