using System.Globalization;

namespace FeedWatch.Chat.Posts;

internal enum LineKind
{
    /// <summary>Severity, kind and networks: "BREAKING takedown · ANOM".</summary>
    Head,
    Title,
    Text,

    /// <summary>What the items or quotes below it are.</summary>
    Label,
    Item,
    Quote,

    /// <summary>Where it is from, and what is to be known about the post.</summary>
    Small,
}

/// <summary>A part of a line: plain text, not escaped yet. A link's text is the host that it goes to, so that none can pose as another.</summary>
internal readonly record struct Piece(string Text, bool Strong = false, string? Link = null)
{
    /// <param name="address">From <see cref="Wording.PlainText.Link"/>.</param>
    public static Piece To(string address) => new(new Uri(address).IdnHost, Link: address);
}

/// <summary>One line of a post.</summary>
internal sealed record Line(LineKind Kind, params IReadOnlyList<Piece> Pieces)
{
    private const string Ellipsis = "…";

    /// <summary>The share of the whole room, below 1, that is kept for this line however little there is; 0 where it may go.</summary>
    public double Share { get; init; }

    /// <summary>In characters as people count them.</summary>
    public int Length => Pieces.Sum(p => new StringInfo(p.Text).LengthInTextElements);

    /// <summary>The first <paramref name="most"/> characters and an ellipsis. A link is there whole or not at all.</summary>
    public Line Cut(int most)
    {
        var pieces = new List<Piece>();
        foreach (var piece in Pieces)
        {
            var text = new StringInfo(piece.Text);
            if (text.LengthInTextElements <= most)
            {
                pieces.Add(piece);
                most -= text.LengthInTextElements;
                continue;
            }

            if (piece.Link is null && most > 0) pieces.Add(piece with { Text = text.SubstringByTextElements(0, most).TrimEnd() });
            break;
        }

        pieces.Add(new Piece(Ellipsis));
        return this with { Pieces = [.. pieces.Where(p => p.Text.Length > 0)] };
    }
}
