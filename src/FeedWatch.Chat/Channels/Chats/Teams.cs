using System.Text;
using System.Web;
using FeedWatch.Chat.Posts;
using FeedWatch.Chat.Sending;
using FeedWatch.Contracts;

namespace FeedWatch.Chat.Channels.Chats;

/// <summary>
/// A Microsoft Teams chat or channel, by a workflow that takes webhook requests: an Adaptive Card for each post
/// (https://learn.microsoft.com/power-automate/teams/send-a-message-in-teams, https://adaptivecards.microsoft.com). A card cannot be found again,
/// so that an update is a new one. All text stands in text runs, which Teams takes as it is: Markdown is read in text blocks only.
/// </summary>
internal sealed class Teams(ChannelOptions options) : IHttpChat
{
    public static readonly ChannelType Type = HttpChannel.Type(
        Faults, o => new Teams(o), () => new ChannelOptions { Url = "https://example.logic.azure.com/workflows/1/triggers/manual/paths/invoke?sig=example" });

    /// <summary>In bytes, of the lines; with the envelope and the link about 19,000. The limit is 28 KB, and in practice 21,000 were too many (msteams_hermes).</summary>
    private const int MostLines = 16_000;

    /// <summary>Answers of the workflow itself to which only a person can do something.</summary>
    private static readonly string[] Useless = ["WorkflowTriggerIsNotEnabled", "WorkflowNotFound", "WorkflowTriggerNotFound", "DirectApiAuthorizationRequired", "TriggerInputSchemaMismatch"];

    /// <summary>Broken are also braces: <c>{{DATE(…)}}</c> is replaced wherever it stands.</summary>
    private static readonly Dialect Text = Dialect.Literal(Dialect.FoundInText + "{");

    /// <summary>More than four a second are throttled (https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook).</summary>
    public IReadOnlyList<Limit> Limits { get; } = [new(4, TimeSpan.FromSeconds(1))];

    /// <summary>What opens it is the signature in the query.</summary>
    public IReadOnlyList<string> Secrets { get; } =
        [options.Address().AbsoluteUri, options.Address().PathAndQuery, options.Address().Query, HttpUtility.ParseQueryString(options.Address().Query)["sig"] ?? ""];

    public IReadOnlyList<ChatRequest> Render(Delivery delivery)
    {
        var post = delivery.Post(delivery.Interrupted);
        var lines = Fit.Into(MostLines, [.. PostLines.Of(post).Where(l => l.Pieces.Any(p => p.Text.Length > 0))], line => Encoding.UTF8.GetByteCount(ChatJson.Of(Block(line, post))) + 1);
        var card = new Dictionary<string, object?>
        {
            ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json",
            ["type"] = "AdaptiveCard",
            ["version"] = "1.5",
            ["body"] = lines.Select(line => Block(line, post)).ToArray(),
            ["msteams"] = new { width = "Full" },
        };
        if (post.Link is { } link) card["actions"] = new[] { new { type = "Action.OpenUrl", title = new Uri(link).IdnHost, url = link } };
        var message = new { type = "message", attachments = new[] { new { contentType = "application/vnd.microsoft.card.adaptive", content = card } } };
        return [new ChatRequest(HttpMethod.Post, options.Address(), ChatJson.Of(message))];
    }

    public SendResult Read(Delivery delivery, ChatAnswer answer)
    {
        if (answer.IsSuccess) return new SendResult.Sent(null); // 202: whether the workflow then posts it, nobody says
        var why = answer.Why(answer.Text("error.message"));
        return Useless.Contains(answer.Text("error.code")) ? new SendResult.Broken(why) : answer.NotAccepted(answer.Text("error.message"));
    }

    private static IEnumerable<string> Faults(ChannelOptions options) =>
    [
        .. options.NeedsAddress("the workflow's address (https://….logic.azure.com/workflows/…)"),
        .. options.ChecksUpdates("with a workflow, which can neither edit nor answer below a card", UpdateStyle.Post),
    ];

    private static object Block(Line line, Post post) => new
    {
        type = "RichTextBlock",
        spacing = line.Kind is LineKind.Head or LineKind.Title or LineKind.Label ? "Default" : "Small",
        inlines = line.Pieces.Where(p => p.Text.Length > 0).Select((piece, i) => Run(line, piece, i == 0, post)).ToArray(),
    };

    private static object Run(Line line, Piece piece, bool first, Post post) => new
    {
        type = "TextRun",
        text = (first && line.Kind is LineKind.Item ? "• " : "") + Text.Plain(piece.Text),
        weight = piece.Strong ? "Bolder" : null,
        size = line.Kind is LineKind.Title ? "Large" : null,
        color = piece.Link is not null ? "Accent" : line.Kind is LineKind.Head && piece.Strong ? Colour(post.Severity) : null,
        isSubtle = line.Kind is LineKind.Small ? true : (bool?)null,
        italic = line.Kind is LineKind.Quote ? true : (bool?)null,
        selectAction = piece.Link is { } url ? new { type = "Action.OpenUrl", url } : null,
    };

    private static string? Colour(Severity? severity) => severity switch
    {
        Severity.Breaking => "Attention",
        Severity.Major => "Warning",
        Severity.Minor => "Accent",
        _ => null,
    };
}
