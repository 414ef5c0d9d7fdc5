using FeedWatch.Chat.Posts;
using FeedWatch.Contracts;

namespace FeedWatch.Chat.Channels.Local;

/// <summary>An event as a person reads it in a terminal: what happened first, then the facts in a column, then where it is from.</summary>
internal sealed class ConsoleAlert
{
    private const string Indent = "  ";
    private const int Gap = 2;

    private readonly Post post;
    private readonly Page page;
    private readonly int labels;

    private ConsoleAlert(Post post, int width) => (this.post, page, labels) = (post, new Page(width), WidestOf(post, "label.") + Gap);

    public static Page Of(Post post, int width) => new ConsoleAlert(post, width).Written();

    private Page Written()
    {
        if (post.Lines is { } own) return Written(own);
        Head();
        page.Text(post.Title, Tone.Title, "");
        if (post.Lead.Length > 0)
        {
            page.Line();
            page.Text(post.Lead, Tone.Plain, Indent);
            if (post.Report.Length > 0) page.Text(post.Report, Tone.Plain, Indent);
        }

        if (post.Source.Length > 0) Report();
        if (post.Entries.Count > 0) Entries();
        if (post.Note.Length > 0) page.Text(post.Note, Tone.Faint, Indent);
        page.Line();
        return page;
    }

    private Page Written(IReadOnlyList<Line> own)
    {
        foreach (var line in own)
        {
            var text = string.Concat(line.Pieces.Select(p => p.Link ?? p.Text));
            page.Text(line.Kind is LineKind.Item ? "• " + text : text, ToneOf(line.Kind), line.Kind is LineKind.Head or LineKind.Title ? "" : Indent);
        }

        if (post.Note.Length > 0) page.Text(post.Note, Tone.Faint, Indent);
        page.Line();
        return page;
    }

    private static Tone ToneOf(LineKind kind) => kind switch { LineKind.Title => Tone.Title, LineKind.Quote => Tone.Quote, LineKind.Small => Tone.Faint, _ => Tone.Plain };

    private void Head()
    {
        var tone = post.Severity switch { Severity.Breaking => Tone.Breaking, Severity.Major => Tone.Major, Severity.Minor => Tone.Minor, _ => Tone.Faint };
        var rest = post.About.Length == 0 ? $"  {post.Kind}" : $"  {post.Kind} · {post.About}";
        page.Line(new Span(post.Badge, tone), new Span(rest, Tone.Plain));
    }

    private void Report()
    {
        page.Line();
        Column("changed", post.Changes, Tone.Fresh);
        foreach (var (label, text) in post.Facts) page.Labelled(Label(label), text, Tone.Plain);
        Column("figures", post.Figures, Tone.Plain);
        for (var i = 0; i < post.Quotes.Count; i++) page.Labelled(Label(i == 0 ? Name("evidence") : ""), post.Quotes[i], Tone.Quote);
        Field("why", post.Why);
        Field("source", post.Source);
        Field("also-by", post.AlsoBy);
        page.Line(new Span(Label(Name("link")), Tone.Faint), new Span(post.Link ?? post.Words["link.none"], Tone.Plain));
    }

    private void Entries()
    {
        var badges = WidestOf(post, "severity.") + Gap;
        page.Line();
        for (var i = 0; i < post.Entries.Count; i++)
        {
            var entry = post.Entries[i];
            var label = entry.Badge.Length == 0 ? $"{Indent}{i + 1,3}. " : Indent + entry.Badge.PadRight(badges);
            page.Labelled(label, entry.Title, Tone.Plain);
            if (entry.Detail.Length > 0) page.Labelled(new string(' ', label.Length), entry.Detail, Tone.Plain);
            if (entry.Link is { } link) page.Line(new Span(new string(' ', label.Length) + link, Tone.Faint));
        }
    }

    private void Field(string label, string text)
    {
        if (text.Length > 0) page.Labelled(Label(Name(label)), text, Tone.Plain);
    }

    /// <summary>A label and, beside it, lines of two columns.</summary>
    private void Column(string label, IReadOnlyList<Fact> lines, Tone tone)
    {
        if (lines.Count == 0) return;

        var inner = lines.Max(line => Page.Cells(line.Label)) + Gap;
        var beside = Name(label);
        foreach (var (name, text) in lines)
        {
            page.Labelled(Label(beside) + name + new string(' ', inner - Page.Cells(name)), text, tone);
            beside = "";
        }
    }

    private string Name(string label) => post.Words[$"label.{label}"];

    private string Label(string name) => Indent + name.PadRight(labels);

    private static int WidestOf(Post post, string prefix) => post.Words.Keys.Where(k => k.StartsWith(prefix, StringComparison.Ordinal)).Max(k => Page.Cells(post.Words[k]));
}
