using FeedWatch.Chat.Posts;
using FeedWatch.Chat.Sending;
using FeedWatch.Contracts;

namespace FeedWatch.Chat.Channels.Chats;

/// <summary>
/// Mattermost, by an incoming webhook or by a bot's token. A webhook's posts cannot be found again; a bot answers in the first post's thread
/// (https://developers.mattermost.com/integrate/webhooks/incoming, https://developers.mattermost.com/api-documentation).
/// </summary>
internal sealed class Mattermost(ChannelOptions options) : IHttpChat
{
    public static readonly ChannelType Type = HttpChannel.Type(Faults, o => new Mattermost(o), () => new ChannelOptions { Url = "https://mattermost.example/hooks/example" }, nameof(ChannelOptions.Token), nameof(ChannelOptions.Chat));

    /// <summary>A post holds 16,383 characters; a webhook's longer text would be cut into several posts.</summary>
    private const int MostText = 16_383;

    /// <summary>Mentions, channel links, emoji and hashtags are searched for in the text that Markdown leaves, where a backslash no longer protects.</summary>
    private static readonly Dialect Text = Markdown.Dialect(broken: "@~:#", openQuotes: true);

    /// <summary>A deleted webhook is answered with 400, switched-off ones with 501.</summary>
    private static readonly string[] UselessWebhook =
        ["web.incoming_webhook.invalid.app_error", "web.incoming_webhook.disabled.app_error", "web.incoming_webhook.channel.app_error", "web.incoming_webhook.permissions.app_error"];

    private readonly Dictionary<string, string> headers = options.HasToken() ? new() { ["Authorization"] = $"Bearer {options.Secret()}" } : [];

    public IReadOnlyList<Limit> Limits { get; } = [new(10, TimeSpan.FromSeconds(1))]; // what a server that limits takes by default, from one address

    public IReadOnlyList<string> Secrets { get; } = options.HasToken() ? [options.Secret()] : ChannelSettings.SecretsOfWebhook(options.Address());

    public IReadOnlyList<ChatRequest> Render(Delivery delivery)
    {
        if (!options.HasToken()) return [new ChatRequest(HttpMethod.Post, options.Address(), ChatJson.Of(new { text = Message(delivery, delivery.Interrupted) }))];
        return delivery.Earlier switch
        {
            null => [New(delivery, root: null)],
            var first when options.Updates is UpdateStyle.Edit => [Edit(delivery, first)],
            _ when options.Updates is UpdateStyle.Post => [New(delivery, root: null)],
            var first when delivery.Event is IncidentRetracted => [Edit(delivery, first), New(delivery, first)],
            var first => [New(delivery, first)],
        };
    }

    public SendResult Read(Delivery delivery, ChatAnswer answer)
    {
        if (UselessWebhook.Contains(answer.Text("id"))) return new SendResult.Broken(answer.Why(answer.Text("message")));
        if (!answer.IsSuccess) return answer.NotAccepted(answer.Text("message"));
        return new SendResult.Sent(delivery.Earlier ?? (options.HasToken() ? answer.Text("id") : null));
    }

    /// <summary>A thread whose root is gone is refused with 400, an edit of it with 404.</summary>
    public bool EarlierIsGone(ChatAnswer answer) =>
        answer.Text("id") is { } error && (error.Contains("root_id", StringComparison.Ordinal) || error is "app.post.get.app_error" or "store.sql_post.get.app_error");

    private static IEnumerable<string> Faults(ChannelOptions options) => options.HasToken()
        ? [.. options.NeedsAddress("the server's address (https://mattermost.example)"), .. options.NeedsToken("the bot's token"), .. options.NeedsChat("the channel's id (26 letters and digits)")]
        :
        [
            .. options.NeedsAddress("the webhook's address (https://mattermost.example/hooks/…); a bot has the server's and a Token"),
            .. options.ChecksUpdates("with a webhook, which can neither edit nor answer below a post", UpdateStyle.Post),
        ];

    private ChatRequest New(Delivery delivery, string? root) =>
        Request(HttpMethod.Post, "api/v4/posts", new
        {
            channel_id = options.Chat,
            root_id = root,
            pending_post_id = delivery.Event.Id, // a repeat within half a minute is answered with the post that is there
            message = Message(delivery, delivery.Interrupted),
        });

    private ChatRequest Edit(Delivery delivery, string post) =>
        Request(HttpMethod.Put, $"api/v4/posts/{post}/patch", new { message = Message(delivery, possiblyRepeated: false) }) with { Repeatable = true };

    private ChatRequest Request(HttpMethod method, string path, object body) =>
        new(method, new Uri($"{options.Address().AbsoluteUri.TrimEnd('/')}/{path}"), ChatJson.Of(body)) { Headers = headers };

    private static string Message(Delivery delivery, bool possiblyRepeated) => Text.Write(PostLines.Of(delivery.Post(possiblyRepeated)), MostText);
}
