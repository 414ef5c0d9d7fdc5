using Spectre.Console;

namespace FeedWatch.Chat.Channels.Local;

/// <summary>Alerts for a person at a terminal.</summary>
internal sealed class ConsoleChannel(string name, StandardOutput output) : IChatChannel
{
    public static readonly ChannelType Type = new(_ => [], (o, parts) => new ConsoleChannel(o.Name, parts.Output.Value)) { Takes = ChannelType.ForPeople };

    public string Name => name;

    public async Task<SendResult> SendAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        var page = ConsoleAlert.Of(delivery.Post(delivery.Interrupted), output.Width);
        if (output.Terminal is { } terminal) terminal.Write(Coloured(page));
        else await output.Writer.WriteAsync(page.ToString().AsMemory(), cancellationToken);
        await output.Writer.FlushAsync(cancellationToken);
        return new SendResult.Sent(null, delivery.Interrupted);
    }

    public IReadOnlyList<string> Preview(Delivery delivery) => [ConsoleAlert.Of(delivery.Post(delivery.Interrupted), output.Width).ToString()];

    /// <summary>Spans go in as plain text with a style, so that Spectre never reads markup from a feed.</summary>
    internal static Paragraph Coloured(Page page)
    {
        var paragraph = new Paragraph();
        foreach (var line in page.Lines)
        {
            foreach (var span in line) paragraph.Append(span.Text, StyleOf(span.Tone));
            paragraph.Append("\n");
        }

        return paragraph;
    }

    private static Style StyleOf(Tone tone) => tone switch
    {
        Tone.Breaking => new Style(Color.White, Color.Red, Decoration.Bold),
        Tone.Major => new Style(Color.Black, Color.Yellow, Decoration.Bold),
        Tone.Minor => new Style(Color.White, Color.Blue),
        Tone.Title => new Style(decoration: Decoration.Bold),
        Tone.Fresh => new Style(Color.Green),
        Tone.Faint => new Style(Color.Grey),
        Tone.Quote => new Style(decoration: Decoration.Italic),
        _ => Style.Plain,
    };
}
