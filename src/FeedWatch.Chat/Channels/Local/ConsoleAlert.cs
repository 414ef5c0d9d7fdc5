using FeedWatch.Chat.Posts;
using FeedWatch.Contracts;

namespace FeedWatch.Chat.Channels.Local;

/// <summary>An event as a person reads it in a terminal: what happened first, then the facts in a column, then where it is from.</summary>
internal static class ConsoleAlert
{
    private const string Indent = "  ";
    private const int LabelWidth = 12;

    public static Page Of(FeedWatchEvent @event, int width, bool possiblyRepeated = false)
    {
        var post = EventPost.Of(@event, possiblyRepeated);
        var page = new Page(width);
        Head(page, post);
        page.Text(post.Title, Tone.Title, "");
        if (post.Lead.Length > 0)
        {
            page.Line();
            page.Text(post.Lead, Tone.Plain, Indent);
            if (post.Report.Length > 0) page.Text(post.Report, Tone.Plain, Indent);
        }

        if (post.Source.Length > 0) Report(page, post);
        if (post.Entries.Count > 0) Entries(page, post.Entries);
        if (post.Note.Length > 0) page.Text(post.Note, Tone.Faint, Indent);
        page.Line();
        return page;
    }

    private static void Head(Page page, Post post)
    {
        var tone = post.Severity switch { Severity.Breaking => Tone.Breaking, Severity.Major => Tone.Major, Severity.Minor => Tone.Minor, _ => Tone.Faint };
        var rest = post.About.Length == 0 ? $"  {post.Kind}" : $"  {post.Kind} · {post.About}";
        page.Line(new Span(post.Badge, tone), new Span(rest, Tone.Plain));
    }

    private static void Report(Page page, Post post)
    {
        page.Line();
        Column(page, "changed", post.Changes, Tone.Fresh);
        foreach (var (label, text) in post.Facts) Field(page, label, text);
        Column(page, "figures", post.Figures, Tone.Plain);
        for (var i = 0; i < post.Quotes.Count; i++) page.Labelled(Label(i == 0 ? "evidence" : ""), post.Quotes[i], Tone.Quote);
        Field(page, "why", post.Why);
        Field(page, "source", post.Source);
        Field(page, "also by", post.AlsoBy);
        page.Line(new Span(Label("link"), Tone.Faint), new Span(post.Link ?? "none", Tone.Plain));
    }

    private static void Entries(Page page, IReadOnlyList<Entry> entries)
    {
        page.Line();
        for (var i = 0; i < entries.Count; i++)
        {
            var label = entries[i].Badge.Length == 0 ? $"{Indent}{i + 1,3}. " : $"{Indent}{entries[i].Badge,-10}";
            page.Labelled(label, entries[i].Title, Tone.Plain);
            if (entries[i].Detail.Length > 0) page.Labelled(new string(' ', label.Length), entries[i].Detail, Tone.Plain);
            if (entries[i].Link is { } link) page.Line(new Span(new string(' ', label.Length) + link, Tone.Faint));
        }
    }

    private static void Field(Page page, string label, string text)
    {
        if (text.Length > 0) page.Labelled(Label(label), text, Tone.Plain);
    }

    /// <summary>A label and, beside it, lines of two columns.</summary>
    private static void Column(Page page, string label, IReadOnlyList<Fact> lines, Tone tone)
    {
        if (lines.Count == 0) return;

        var inner = lines.Max(line => Page.Cells(line.Label)) + 2;
        foreach (var (name, text) in lines)
        {
            page.Labelled(Label(label) + name + new string(' ', inner - Page.Cells(name)), text, tone);
            label = "";
        }
    }

    private static string Label(string label) => Indent + label.PadRight(LabelWidth);
}
