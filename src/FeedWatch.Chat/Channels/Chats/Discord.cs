using System.Globalization;
using FeedWatch.Chat.Posts;
using FeedWatch.Chat.Sending;
using FeedWatch.Chat.Wording;
using FeedWatch.Contracts;

namespace FeedWatch.Chat.Channels.Chats;

/// <summary>
/// Discord, by a webhook or by a bot's token: one embed for each post. Later news edits the first post; in a forum, where each incident is a
/// thread, it follows in the thread, and a bot can open a thread below any post. A webhook has no key against repeats, so that <c>wait=true</c>
/// is the only way to know that a post is there (https://docs.discord.com/developers/resources/webhook); a bot's nonce holds for some minutes
/// (https://docs.discord.com/developers/resources/message#create-message), and there is none where it opens a post in a forum
/// (https://docs.discord.com/developers/resources/channel#start-thread-in-forum-or-media-channel).
/// </summary>
internal sealed class Discord(ChannelOptions options) : IHttpChat
{
    public static readonly ChannelType Type = HttpChannel.Type(Faults, o => new Discord(o), () => new ChannelOptions { Url = "https://discord.com/api/webhooks/1/example" }, nameof(ChannelOptions.Token), nameof(ChannelOptions.Chat), nameof(ChannelOptions.Thread), nameof(ChannelOptions.Forum));

    private const string Api = "https://discord.com/api/v10";

    // Together below the 6,000 that all embeds of a message may hold.
    private const int MostTitle = 256;
    private const int MostAuthor = 256;
    private const int MostDescription = 4_096;
    private const int MostThreadName = 100;
    private const int MostNonce = 25;

    private const string UnknownChannel = "10003";
    private const string UnknownMessage = "10008";
    private const string OfAnotherUser = "50005";
    private const string ThreadIsThere = "160004";
    private const string NeedsThread = "220001";
    private const string IsNoForum = "220003";
    private const string TakesNoMessages = "50008";
    private const string NeedsTag = "40067";

    /// <summary>Without it a webhook pings the users that a text names, and a bot anyone; an edit needs it again.</summary>
    private static readonly object NoMentions = new { parse = Array.Empty<string>() };

    private const string NoForum = "The channel is no forum: set Forum to false. Discord opened an empty private thread there, which can be deleted.";

    private static readonly Dialect Text = Markdown.Dialect();

    private readonly string api = options.HasToken()
        ? $"{(options.HasAddress() ? options.Address().AbsoluteUri.TrimEnd('/') : Api)}/channels"
        : options.Address().GetLeftPart(UriPartial.Path).TrimEnd('/');

    private readonly Dictionary<string, string> headers = Headers(options);

    public IReadOnlyList<string> Secrets { get; } = options.HasToken() ? [options.Secret()] : ChannelSettings.SecretsOfWebhook(options.Address());

    private bool IsBot => options.HasToken();

    private bool InThread => options.Updates is UpdateStyle.Thread || (options.Updates is UpdateStyle.Auto && options.Forum);

    public IReadOnlyList<ChatRequest> Render(Delivery delivery) => Place.Of(delivery.Earlier) switch
    {
        null => [New(delivery, options.Thread, options.Forum)],
        var first when InThread && delivery.Event is IncidentRetracted => [Edit(delivery, first), .. Below(delivery, first)],
        var first when InThread => Below(delivery, first),
        var first when options.Updates is not UpdateStyle.Post => [Edit(delivery, first)],
        _ => [New(delivery, options.Thread, options.Forum)],
    };

    public SendResult Read(Delivery delivery, ChatAnswer answer)
    {
        if (answer.IsSuccess)
        {
            var place = delivery.Earlier ?? Place.In(answer, options)?.ToString();
            return place is null && IsBot && options.Forum ? new SendResult.Broken(NoForum) : new SendResult.Sent(place);
        }

        return answer.Text("code") switch
        {
            ThreadIsThere => new SendResult.Sent(delivery.Earlier),
            NeedsThread => new SendResult.Broken("The webhook belongs to a forum: set Forum to true, or Thread to the id of one of its posts."),
            IsNoForum => new SendResult.Broken("The webhook belongs to a channel that is no forum: set Forum to false."),
            TakesNoMessages => new SendResult.Broken("The channel takes no messages itself: where it is a forum, set Forum to true; else put a text channel's id into Chat."),
            NeedsTag => new SendResult.Broken("The forum demands a tag of every post: somebody who may change the forum must take that off in its settings."),
            _ => answer.NotAccepted(answer.Status == 400 ? null : answer.Text("message")),
        };
    }

    /// <summary>Or it was posted by a webhook, before the settings had a token.</summary>
    public bool EarlierIsGone(ChatAnswer answer) => answer.Status is 403 or 404 && answer.Text("code") is UnknownMessage or UnknownChannel or OfAnotherUser;

    public TimeSpan? Pause(ChatAnswer answer) =>
        answer.Headers.GetValueOrDefault("X-RateLimit-Remaining") == "0" ? RetryAfter.Span(answer.Headers.GetValueOrDefault("X-RateLimit-Reset-After")) : null;

    private static IEnumerable<string> Faults(ChannelOptions options) => options.HasToken() ? FaultsOfBot(options) : FaultsOfWebhook(options);

    private static IEnumerable<string> FaultsOfWebhook(ChannelOptions options)
    {
        foreach (var fault in options.NeedsAddress("the webhook's address (https://discord.com/api/webhooks/…); a bot has a Token in its place").Concat(options.ChecksThread())) yield return fault;
        if (options.Forum && !string.IsNullOrEmpty(options.Thread)) yield return "Thread cannot stand beside Forum, where every incident makes a thread of its own.";
        if (options.Updates is UpdateStyle.Thread && !options.Forum) yield return "Updates cannot be Thread outside a forum: webhooks start threads only there.";
    }

    private static IEnumerable<string> FaultsOfBot(ChannelOptions options)
    {
        foreach (var fault in options.NeedsToken("the bot's token").Concat(options.NeedsChat("the channel's id (a number)"))) yield return fault;
        if (!string.IsNullOrWhiteSpace(options.Chat) && !options.Chat.Trim().All(char.IsAsciiDigit)) yield return $"Chat '{options.Chat}' is no channel's id, which is a number; Discord copies it where developer mode is on.";
        if (!string.IsNullOrEmpty(options.Thread)) yield return "Thread cannot stand beside a Token: to a bot a thread is a channel, whose id goes into Chat.";
        if (!options.HasAddress()) yield break;
        foreach (var fault in options.NeedsAddress("the address of Discord's API, or nothing")) yield return fault;
    }

    private static Dictionary<string, string> Headers(ChannelOptions options)
    {
        var headers = new Dictionary<string, string> { ["User-Agent"] = $"DiscordBot (https://feedwatch.org/bot, {ChatHttp.Version}) FeedWatch/{ChatHttp.Version}" };
        if (options.HasToken()) headers["Authorization"] = $"Bot {options.Secret()}";
        return headers;
    }

    /// <summary>A thread has the id of the message that it was opened at; in a forum it is there from the first post on.</summary>
    private IReadOnlyList<ChatRequest> Below(Delivery delivery, Place first) => IsBot && first.Thread is null
        ? [Open(delivery, first), New(delivery, first.Message)]
        : [New(delivery, first.Thread)];

    private ChatRequest Open(Delivery delivery, Place first)
    {
        var body = new { name = PlainText.Of(delivery.Post().Title, MostThreadName) };
        return new ChatRequest(HttpMethod.Post, new Uri($"{api}/{options.Chat!.Trim()}/messages/{first.Message}/threads"), ChatJson.Of(body)) { Headers = headers, Repeatable = true };
    }

    private ChatRequest New(Delivery delivery, string? thread, bool opensThread = false)
    {
        var post = delivery.Post(delivery.Interrupted);
        if (opensThread && IsBot) return OpenInForum(post);
        var body = new
        {
            thread_name = opensThread ? PlainText.Of(post.Title, MostThreadName) : null,
            embeds = Embeds(post),
            allowed_mentions = NoMentions,
            nonce = IsBot ? delivery.Event.Id.ToString("N")[..MostNonce] : null,
            enforce_nonce = IsBot ? true : (bool?)null,
        };
        var address = IsBot ? new Uri($"{api}/{(string.IsNullOrEmpty(thread) ? options.Chat!.Trim() : thread)}/messages") : Webhook("", "wait=true", thread);
        return new ChatRequest(HttpMethod.Post, address, ChatJson.Of(body)) { Headers = headers };
    }

    private ChatRequest OpenInForum(Post post)
    {
        var body = new { name = PlainText.Of(post.Title, MostThreadName), message = new { embeds = Embeds(post), allowed_mentions = NoMentions } };
        return new ChatRequest(HttpMethod.Post, new Uri($"{api}/{options.Chat!.Trim()}/threads"), ChatJson.Of(body)) { Headers = headers };
    }

    private ChatRequest Edit(Delivery delivery, Place first)
    {
        var body = new { embeds = Embeds(delivery.Post()), allowed_mentions = NoMentions };
        var address = IsBot ? new Uri($"{api}/{first.Thread ?? options.Chat!.Trim()}/messages/{first.Message}") : Webhook($"/messages/{first.Message}", "", first.Thread);
        return new ChatRequest(HttpMethod.Patch, address, ChatJson.Of(body)) { Headers = headers, Repeatable = true };
    }

    private Uri Webhook(string below, string query, string? thread)
    {
        if (!string.IsNullOrEmpty(thread)) query = query.Length == 0 ? $"thread_id={thread}" : $"{query}&thread_id={thread}";
        return new Uri(query.Length == 0 ? api + below : $"{api}{below}?{query}");
    }

    private static object[] Embeds(Post post) =>
    [
        new
        {
            author = new { name = PlainText.Of(PostLines.HeadOf(post), MostAuthor) }, // no Markdown is read there
            title = Text.Plain(post.Title, MostTitle),
            description = Text.Write(PostLines.Body(post), MostDescription) is { Length: > 0 } body ? body : null,
            color = Colour(post.Severity),
            timestamp = post.Time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
        },
    ];

    private static int Colour(Severity? severity) => severity switch
    {
        Severity.Breaking => 0xD92D20,
        Severity.Major => 0xF79009,
        Severity.Minor => 0x2E90FA,
        _ => 0x98A2B3,
    };

    /// <summary>Where a post is: its message, and the thread around it where there is one.</summary>
    private sealed record Place(string Message, string? Thread)
    {
        public static Place? Of(string? reference) => reference?.Split('/') switch
        {
            [var thread, var message] => new Place(message, thread),
            [var message] => new Place(message, null),
            _ => null,
        };

        public static Place? In(ChatAnswer answer, ChannelOptions options) =>
            options.HasToken() && options.Forum ? InForum(answer) :
            answer.Text("id") is { } message ? new Place(message, options.Forum || !string.IsNullOrEmpty(options.Thread) ? answer.Text("channel_id") : null) : null;

        /// <summary>A bot is answered with the thread, and in it the message; in a channel that is no forum, without one.</summary>
        private static Place? InForum(ChatAnswer answer) =>
            answer.Text("id") is { } thread && answer.Text("message.id") is { } message ? new Place(message, thread) : null;

        public override string ToString() => Thread is null ? Message : $"{Thread}/{Message}";
    }
}
