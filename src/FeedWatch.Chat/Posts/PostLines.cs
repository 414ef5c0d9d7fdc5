namespace FeedWatch.Chat.Posts;

/// <summary>A post as lines, for chats that take running text. What matters most comes first: where there is no room, the end goes.</summary>
internal static class PostLines
{
    private const double Kept = 0.18; // head, title and note; with the source 94 %
    private const double KeptSource = 0.4; // links of news searches take 700 characters

    /// <summary>All of it.</summary>
    public static IReadOnlyList<Line> Of(Post post) => post.Lines is { } own ? Own(post, own) : [Head(post), new Line(LineKind.Title, new Piece(post.Title, Strong: true)) { Share = Kept }, .. Body(post)];

    /// <summary>All but the head and the title, for chats that have a place of their own for them.</summary>
    public static IReadOnlyList<Line> Body(Post post) => post.Lines is { } own ? Own(post, [.. own.Where(l => l.Kind is not (LineKind.Head or LineKind.Title))]) :
    [
        .. Text(LineKind.Small, post.Note, Kept),
        .. Text(LineKind.Text, post.Lead),
        .. Items(post, "changed", post.Changes),
        .. Text(LineKind.Text, post.Report),
        .. Items(post, "figures", post.Figures),
        .. Items(post, "facts", post.Facts),
        .. Quotes(post),
        .. post.Entries.Select(Listed),
        .. Small(post, "why", post.Why),
        .. Small(post, "also-by", post.AlsoBy),
        .. Source(post),
    ];

    /// <summary>"BREAKING takedown · ANOM" as plain text.</summary>
    public static string HeadOf(Post post) => string.Concat((post.Lines?.FirstOrDefault(l => l.Kind is LineKind.Head) ?? Head(post)).Pieces.Select(p => p.Text));

    /// <summary>Head, title and the last link stand however little room there is, as in posts of ours.</summary>
    private static IReadOnlyList<Line> Own(Post post, IReadOnlyList<Line> lines)
    {
        var title = lines.FirstOrDefault(l => l.Kind is LineKind.Title);
        var source = lines.LastOrDefault(l => l.Pieces.Any(p => p.Link is not null));
        return [.. lines.Select(l => l with { Share = l.Kind is LineKind.Head || ReferenceEquals(l, title) ? Kept : ReferenceEquals(l, source) ? KeptSource : 0 }), .. Text(LineKind.Small, post.Note, Kept)];
    }

    private static Line Head(Post post) =>
        new(LineKind.Head, new Piece(post.Badge, Strong: true), new Piece(post.About.Length == 0 ? $" {post.Kind}" : $" {post.Kind} · {post.About}")) { Share = Kept };

    private static IEnumerable<Line> Text(LineKind kind, string text, double share = 0)
    {
        if (text.Length > 0) yield return new Line(kind, new Piece(text)) { Share = share };
    }

    private static IEnumerable<Line> Small(Post post, string label, string text) =>
        text.Length == 0 ? [] : Text(LineKind.Small, post.Words.Say("labelled", ("label", post.Words[$"label.{label}"]), ("text", text)));

    private static IEnumerable<Line> Items(Post post, string label, IReadOnlyList<Fact> facts) =>
        facts.Count == 0 ? [] : [Label(post, label), .. facts.Select(Item)];

    private static Line Item(Fact fact) => new(LineKind.Item, new Piece(fact.Label, Strong: true), new Piece(" " + fact.Text));

    private static IEnumerable<Line> Quotes(Post post) =>
        post.Quotes.Count == 0 ? [] : [Label(post, "evidence"), .. post.Quotes.Select(q => new Line(LineKind.Quote, new Piece(q)))];

    private static Line Label(Post post, string label) => new(LineKind.Label, new Piece(post.Words[$"label.{label}"], Strong: true));

    private static Line Listed(Entry entry)
    {
        List<Piece> pieces = entry.Badge.Length == 0 ? [] : [new Piece(entry.Badge, Strong: true), new Piece(" ")];
        pieces.Add(new Piece(entry.Title));
        if (entry.Detail.Length > 0) pieces.Add(new Piece(" · " + entry.Detail));
        if (entry.Link is { } link) pieces.AddRange([new Piece(" · "), Piece.To(link)]);
        return new Line(LineKind.Item, pieces);
    }

    private static IEnumerable<Line> Source(Post post)
    {
        if (post.Source.Length == 0) yield break;
        yield return post.Link is { } link
            ? new Line(LineKind.Small, new Piece(post.Source), new Piece(" · "), Piece.To(link)) { Share = KeptSource }
            : new Line(LineKind.Small, new Piece(post.Source), new Piece(" · " + post.Words["source.no-link"])) { Share = KeptSource };
    }
}
