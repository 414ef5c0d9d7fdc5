using System.Text;
using FeedWatch.Chat.Posts;
using FeedWatch.Chat.Sending;
using FeedWatch.Contracts;

namespace FeedWatch.Chat.Channels.Hooks;

/// <summary>
/// A topic of ntfy.sh or of an ntfy server of one's own, published to as JSON, so that nothing from a feed is ever in a header
/// (https://docs.ntfy.sh/publish/#publish-as-json). All news of an incident is one notification: a message with the sequence id of an earlier one
/// takes its place; servers before 2.16 show it as a new one (https://docs.ntfy.sh/publish/#updating-deleting-notifications).
/// </summary>
internal sealed class Ntfy(ChannelOptions options) : IHttpChat
{
    public static readonly ChannelType Type = HttpChannel.Type(Faults, o => new Ntfy(o), () => new ChannelOptions { Url = "https://ntfy.sh/example" }, nameof(ChannelOptions.Token));

    // In bytes of JSON: a message has 4,096 bytes, and the whole request, escapes and all, is read up to 8,192
    // (ntfy: DefaultMessageLengthLimit, transformBodyJSON). A link has 2,000 at most.
    private const int MostMessage = 4_096;
    private const int MostTitle = 500;

    private const string InvalidTopic = "40009";
    private const string ForbiddenTopic = "40010";
    private const string EnoughForToday = "42908";

    private static readonly Dialect Text = Dialect.Literal(Dialect.FoundInText) with { Measure = ChatJson.BytesOf };

    private readonly string topic = options.Address().Segments[^1];
    private readonly Uri server = new(options.Address(), "/");
    private readonly Dictionary<string, string> headers = options.HasToken() ? new() { ["Authorization"] = Authorization(options.Secret()) } : [];

    /// <summary>From one address a server takes 60 requests at once and one every five seconds (ntfy: DefaultVisitorRequestLimitBurst and -Replenish).</summary>
    public IReadOnlyList<Limit> Limits { get; } = [new(60, TimeSpan.FromMinutes(5))];

    /// <summary>Who knows a topic of a public server may read it and write there.</summary>
    public IReadOnlyList<string> Secrets { get; } = [options.Secret(), .. ChannelSettings.SecretsOfWebhook(options.Address())];

    public IReadOnlyList<ChatRequest> Render(Delivery delivery)
    {
        var post = delivery.Post(delivery.Interrupted);
        var message = Text.Write([.. PostLines.Of(post).Where(l => l.Kind is not LineKind.Head)], MostMessage); // the head is the title
        var body = new
        {
            topic,
            title = Text.Plain(PostLines.HeadOf(post), MostTitle),
            message = message.Length > 0 ? message : Text.Plain(post.Title, MostMessage), // of nothing ntfy makes "triggered"
            tags = Tags(post.Severity),
            priority = Priority(post.Severity),
            click = post.Link,
            sequence_id = Sequence(delivery),
        };
        return [new ChatRequest(HttpMethod.Post, server, ChatJson.Of(body)) { Headers = headers }];
    }

    public SendResult Read(Delivery delivery, ChatAnswer answer)
    {
        if (answer.IsSuccess)
        {
            return answer.Text("id") is not null
                ? new SendResult.Sent(Sequence(delivery))
                : new SendResult.Broken($"{answer.Why()} An ntfy server answers otherwise: put the topic's address into Url.");
        }

        return answer.Text("code") switch
        {
            InvalidTopic or ForbiddenTopic => new SendResult.Broken($"{answer.Why(answer.Text("error"))} Take another topic."),
            EnoughForToday => new SendResult.RetryLater(answer.At.UtcDateTime.Date.AddDays(1) - answer.At.UtcDateTime, answer.Why(answer.Text("error"))), // counted anew at midnight UTC
            _ => answer.NotAccepted(answer.Text("error")),
        };
    }

    private static IEnumerable<string> Faults(ChannelOptions options)
    {
        const string What = "the topic's address (https://ntfy.sh/my-topic)";
        var faults = options.NeedsAddress(What).ToList();
        if (faults.Count == 0 && !IsTopic(options.Address())) faults.Add($"Url is no topic's address; it takes {What}, whose name has 1 to 64 letters, digits, '-' and '_'.");
        if (options.HasToken()) faults.AddRange(options.NeedsToken("an access token (tk_…) or user:password"));
        return faults.Concat(options.ChecksUpdates("with ntfy, which has no threads", UpdateStyle.Edit, UpdateStyle.Post));
    }

    private static bool IsTopic(Uri address) =>
        address.Query.Length == 0 && address.AbsolutePath is { Length: > 1 and <= 65 } path && path[1..].All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    private static string Authorization(string secret) =>
        secret.Contains(':', StringComparison.Ordinal) ? $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(secret))}" : $"Bearer {secret}";

    private string Sequence(Delivery delivery) => options.Updates is not UpdateStyle.Post && delivery.Event is IncidentEvent incident
        ? delivery.Earlier ?? incident.IncidentId.ToString()
        : delivery.Event.Id.ToString();

    /// <summary>The first becomes an emoji, the second is one to filter by.</summary>
    private static string[] Tags(Severity? severity) => severity switch
    {
        Severity.Breaking => ["rotating_light", "breaking"],
        Severity.Major => ["warning", "major"],
        Severity.Minor => ["newspaper", "minor"],
        Severity.Info => ["newspaper", "info"],
        _ => ["wrench", "notice"],
    };

    /// <summary>5 rings until it is seen, 2 makes no sound (https://docs.ntfy.sh/publish/#message-priority).</summary>
    private static int Priority(Severity? severity) => severity switch { Severity.Breaking => 5, Severity.Major => 4, Severity.Info => 2, _ => 3 };
}
