using System.Globalization;
using FeedWatch.Chat.Wording;
using Spectre.Console.Rendering;

namespace FeedWatch.Chat.Channels.Local;

internal enum Tone
{
    Plain,
    Title,
    Faint,
    Quote,
    Fresh,
    Minor,
    Major,
    Breaking,
}

internal readonly record struct Span(string Text, Tone Tone);

/// <summary>Lines of text with a tone, wrapped to a width in cells (a Chinese character takes two).</summary>
internal sealed class Page(int width)
{
    private readonly List<IReadOnlyList<Span>> lines = [];

    public IReadOnlyList<IReadOnlyList<Span>> Lines => lines;

    /// <summary>As it is, however long.</summary>
    public void Line(params Span[] spans) => lines.Add(spans);

    public void Text(string text, Tone tone, string indent)
    {
        foreach (var line in Wrap(text, width - Cells(indent))) Line(new Span(indent, Tone.Plain), new Span(line, tone));
    }

    /// <summary>Text behind a label that stands on its first line only.</summary>
    public void Labelled(string label, string text, Tone tone)
    {
        foreach (var line in Wrap(text, width - Cells(label)))
        {
            Line(new Span(label, Tone.Faint), new Span(line, tone));
            label = new string(' ', Cells(label));
        }
    }

    public override string ToString() =>
        string.Concat(lines.Select(line => string.Concat(line.Select(s => s.Text)).TrimEnd() + "\n"));

    public static int Cells(string text) => new Segment(text).CellCount();

    private static IEnumerable<string> Wrap(string text, int width)
    {
        width = Math.Max(width, 20);
        var line = "";
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(w => Pieces(w, width)))
        {
            if (line.Length > 0 && Cells(line) + 1 + Cells(word) > width)
            {
                yield return Breakable(line);
                line = "";
            }

            line = line.Length == 0 ? word : $"{line} {word}";
        }

        yield return Breakable(line);
    }

    /// <summary>Once the line is made a non-breaking space has done its work, and would surprise who copies it.</summary>
    private static string Breakable(string line) => line.Replace(FigureWords.NonBreaking, ' ');

    /// <summary>A word that no line can hold, as a sentence in Chinese is, in pieces between characters.</summary>
    private static IEnumerable<string> Pieces(string word, int width)
    {
        if (Cells(word) <= width)
        {
            yield return word;
            yield break;
        }

        var piece = "";
        for (var rest = word; rest.Length > 0;)
        {
            var character = StringInfo.GetNextTextElement(rest);
            if (Cells(piece + character) > width)
            {
                yield return piece;
                piece = "";
            }

            piece += character;
            rest = rest[character.Length..];
        }

        yield return piece;
    }
}
