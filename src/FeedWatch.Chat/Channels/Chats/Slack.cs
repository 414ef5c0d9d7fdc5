using FeedWatch.Chat.Posts;
using FeedWatch.Chat.Sending;
using FeedWatch.Contracts;

namespace FeedWatch.Chat.Channels.Chats;

/// <summary>
/// Slack, by an incoming webhook or by a bot's token. All text stands in rich-text blocks, which Slack takes as it is and never searches for
/// mentions or markup. A webhook's posts cannot be found again; a bot answers in the first post's thread, and shows there and in the channel
/// what is major (https://docs.slack.dev/reference/block-kit/blocks/rich-text-block).
/// </summary>
internal sealed class Slack(ChannelOptions options) : IHttpChat
{
    public static readonly ChannelType Type = HttpChannel.Type(Faults, o => new Slack(o), () => new ChannelOptions { Url = "https://hooks.slack.com/services/T0/B0/example" }, nameof(ChannelOptions.Token), nameof(ChannelOptions.Chat));

    private const string Api = "https://slack.com/api/";

    /// <summary>Of all text in the blocks; from about 13,200 on Slack has answered <c>msg_blocks_too_long</c> (bolt-js #2509).</summary>
    private const int MostText = 10_000;

    /// <summary>Of the text that notifications show; what is longer than 4,000 Slack advises against.</summary>
    private const int MostNotification = 3_000;

    /// <summary>Answers with status 200 to which only a person can do something (https://docs.slack.dev/reference/methods/chat.postMessage#errors).</summary>
    private static readonly string[] Hopeless =
    [
        "account_inactive", "channel_not_found", "ekm_access_denied", "invalid_auth", "is_archived", "missing_scope", "no_permission", "not_allowed_token_type", "not_authed",
        "not_in_channel", "org_login_required", "restricted_action", "team_access_not_granted", "token_expired", "token_revoked", "access_denied",
    ];

    private static readonly string[] Passing = ["fatal_error", "internal_error", "ratelimited", "rate_limited", "request_timeout", "service_unavailable"];

    private static readonly string[] Gone = ["cant_update_message", "edit_window_closed", "message_not_found", "thread_not_found"];

    /// <summary>Of the notification text, the only one that Slack searches for markup: these three signs, and no others, are escaped.</summary>
    private static readonly Dialect Escaping = new()
    {
        Escape = c => c.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal),
        Strong = text => text,
        Link = (text, _) => text,
        Line = (_, text) => text,
    };

    private readonly Dictionary<string, string> headers = options.HasToken() ? new() { ["Authorization"] = $"Bearer {options.Secret()}" } : [];

    public IReadOnlyList<Limit> Limits { get; } = [new(1, TimeSpan.FromSeconds(1))];

    public IReadOnlyList<string> Secrets { get; } = options.HasToken() ? [options.Secret()] : ChannelSettings.SecretsOfWebhook(options.Address());

    public IReadOnlyList<ChatRequest> Render(Delivery delivery)
    {
        if (!options.HasToken()) return [new ChatRequest(HttpMethod.Post, options.Address(), ChatJson.Of(Body(delivery, delivery.Interrupted)))];
        return Place.Of(delivery.Earlier) switch
        {
            null => [New(delivery, thread: null)],
            var first when options.Updates is UpdateStyle.Edit => [Edit(delivery, first)],
            var first when options.Updates is UpdateStyle.Post => [New(delivery, thread: null)],
            var first when delivery.Event is IncidentRetracted => [Edit(delivery, first), New(delivery, first.Message)],
            var first => [New(delivery, first.Message)],
        };
    }

    public SendResult Read(Delivery delivery, ChatAnswer answer)
    {
        if (!options.HasToken()) return answer.IsSuccess ? new SendResult.Sent(null) : answer.NotAccepted();
        if (!answer.IsSuccess) return answer.NotAccepted(answer.Text("error"));
        if (answer.Text("ts") is { } message && answer.Text("channel") is { } channel) return new SendResult.Sent(delivery.Earlier ?? new Place(channel, message).ToString());

        var error = answer.Text("error") ?? "";
        var why = error.Length > 0 ? $"Slack says {error}." : answer.Why();
        return Hopeless.Contains(error) ? new SendResult.Broken(why)
            : Passing.Contains(error) ? new SendResult.RetryLater(RetryAfter.Of(answer), why) { PerhapsSent = !error.StartsWith("rate", StringComparison.Ordinal) }
            : new SendResult.Refused(why);
    }

    public bool EarlierIsGone(ChatAnswer answer) => Gone.Contains(answer.Text("error"));

    private static IEnumerable<string> Faults(ChannelOptions options) => options.HasToken()
        ?
        [
            .. options.NeedsToken("the bot's token (xoxb-…)"),
            .. options.NeedsChat("the channel's id (C0123456789)"),
            .. options.HasAddress() ? options.NeedsAddress("the address of Slack's API, or nothing") : [],
        ]
        :
        [
            .. options.NeedsAddress("the webhook's address (https://hooks.slack.com/services/…); a bot has a Token in its place"),
            .. options.ChecksUpdates("with a webhook, which can neither edit nor answer below a post", UpdateStyle.Post),
        ];

    private ChatRequest New(Delivery delivery, string? thread) => Request("chat.postMessage", Body(delivery, delivery.Interrupted) with
    {
        channel = options.Chat,
        thread_ts = thread,
        reply_broadcast = thread is not null && delivery.Post().Severity is Severity.Major or Severity.Breaking ? true : null,
    });

    private ChatRequest Edit(Delivery delivery, Place first) =>
        Request("chat.update", Body(delivery, possiblyRepeated: false) with { channel = first.Channel, ts = first.Message }) with { Repeatable = true };

    private ChatRequest Request(string method, Message body)
    {
        var api = options.HasAddress() ? options.Address().AbsoluteUri.TrimEnd('/') + "/" : Api;
        return new ChatRequest(HttpMethod.Post, new Uri(api + method), ChatJson.Of(body with { parse = "none" })) { Headers = headers, ContentType = "application/json; charset=utf-8" };
    }

    private static Message Body(Delivery delivery, bool possiblyRepeated)
    {
        var post = delivery.Post(possiblyRepeated);
        var lines = Fit.Into(MostText, PostLines.Of(post), line => 1 + line.Pieces.Sum(p => p.Text.Length + (p.Link?.Length ?? 0)));
        return new Message
        {
            text = Escaping.Plain($"{PostLines.HeadOf(post)}: {post.Title}", MostNotification),
            blocks = [new { type = "rich_text", elements = RichText.Of(lines) }],
        };
    }

    /// <summary>The arguments of both methods, by Slack's own names.</summary>
#pragma warning disable IDE1006, SA1300 // they are written as Slack reads them
    private sealed record Message
    {
        public string? channel { get; init; }
        public string? ts { get; init; }
        public string? thread_ts { get; init; }
        public bool? reply_broadcast { get; init; }
        public string? parse { get; init; } // an edit is read as if a person had typed it otherwise (chat.update, "parse")
        public required string text { get; init; }
        public required object[] blocks { get; init; }
        public bool mrkdwn { get; } // the notification text is no markup
        public bool unfurl_links { get; } // a preview would show what the alert's own words are to tell
        public bool unfurl_media { get; }
    }
#pragma warning restore IDE1006, SA1300

    /// <summary>Where a post is; an edit wants the channel's id, which only the answer tells where the settings give a name.</summary>
    private sealed record Place(string Channel, string Message)
    {
        public static Place? Of(string? reference) => reference?.Split('/') is [var channel, var message] ? new Place(channel, message) : null;

        public override string ToString() => $"{Channel}/{Message}";
    }
}
