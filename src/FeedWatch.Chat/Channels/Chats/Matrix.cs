using FeedWatch.Chat.Posts;
using FeedWatch.Chat.Sending;
using FeedWatch.Contracts;

namespace FeedWatch.Chat.Channels.Chats;

/// <summary>
/// A Matrix room, by the client-server API and an account's access token (https://spec.matrix.org/v1.18/client-server-api). A post's transaction
/// id is made of its event's id, so that the server itself drops a repeat. What is posted is not encrypted, not even in an encrypted room.
/// </summary>
internal sealed class Matrix(ChannelOptions options) : IHttpChat
{
    public static readonly ChannelType Type =
        HttpChannel.Type(Faults, o => new Matrix(o), () => new ChannelOptions { Url = "https://matrix.example", Token = "example", Chat = "!room:matrix.example" }, nameof(ChannelOptions.Token), nameof(ChannelOptions.Chat), nameof(ChannelOptions.Notify));

    // In bytes of JSON. An edit says both twice, and the event with all that servers add to it may have 65,536 ("Size limits").
    private const int MostText = 8_000;
    private const int MostHtml = 20_000;

    private static readonly Dialect Text = Dialect.Literal(Dialect.FoundInText) with { Measure = ChatJson.BytesOf };

    /// <summary>Only tags that the specification names for m.room.message.</summary>
    private static readonly Dialect Markup = Html.Dialect("<br>", Dialect.FoundInText) with { Measure = ChatJson.BytesOf };

    /// <summary>Where it stands, no server and no client looks for mentions in the text ("User and room mentions").</summary>
    private static readonly object NoMentions = new { };

    private readonly Dictionary<string, string> headers = new() { ["Authorization"] = $"Bearer {options.Secret()}" };
    private readonly string room = $"{options.Address().AbsoluteUri.TrimEnd('/')}/_matrix/client/v3/rooms/{Uri.EscapeDataString(options.Chat!.Trim())}";

    /// <summary>What Synapse takes from one account by default: ten at once and one every five seconds (<c>rc_message</c>). Others say so with 429.</summary>
    public IReadOnlyList<Limit> Limits { get; } = [new(10, TimeSpan.FromSeconds(50))];

    public IReadOnlyList<string> Secrets { get; } = [options.Secret()];

    public IReadOnlyList<ChatRequest> Render(Delivery delivery) => delivery.Earlier switch
    {
        null => [New(delivery, root: null)],
        var first when options.Updates is UpdateStyle.Edit => [Edit(delivery, first)],
        _ when options.Updates is UpdateStyle.Post => [New(delivery, root: null)],
        var first when delivery.Event is IncidentRetracted => [Edit(delivery, first), New(delivery, first)],
        var first => [New(delivery, first)],
    };

    public SendResult Read(Delivery delivery, ChatAnswer answer)
    {
        if (answer.IsSuccess)
        {
            return answer.Text("event_id") is { } post
                ? new SendResult.Sent(delivery.Earlier ?? post)
                : new SendResult.Broken($"{answer.Why()} A Matrix server answers otherwise: put its client API's address into Url.");
        }

        var code = answer.Text("errcode") ?? "";
        var refused = answer.NotAccepted(answer.Text("error") is { } error ? $"{code}: {error}" : null);
        return (code, refused) switch
        {
            ("M_UNKNOWN_TOKEN" or "M_MISSING_TOKEN", SendResult.Broken broken) => new SendResult.Broken($"{broken.Why} Log the account in again and put its access token into Token."),
            ("M_FORBIDDEN", SendResult.Broken broken) => new SendResult.Broken($"{broken.Why} Invite the account to the room, let it join, and let it write there."),
            _ => refused,
        };
    }

    /// <summary>A relation to what the server does not know, or what is in another room, is refused (Synapse: "Can't send relation to unknown event").</summary>
    public bool EarlierIsGone(ChatAnswer answer) => answer.Status is 400 or 404 && answer.Text("error") is { } error && error.Contains("relation", StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> Faults(ChannelOptions options) =>
    [
        .. options.NeedsAddress("the homeserver's address (https://matrix.example)"),
        .. options.NeedsToken("the account's access token"),
        .. options.NeedsChat("the room's id (!abc:matrix.example)"),
        .. !string.IsNullOrWhiteSpace(options.Chat) && !options.Chat.TrimStart().StartsWith('!') ? [$"Chat '{options.Chat}' is no room's id, which begins with '!'; clients show it in the room's settings, under Advanced."] : Array.Empty<string>(),
    ];

    private ChatRequest New(Delivery delivery, string? root)
    {
        var content = Content(delivery, "");
        if (root is not null)
        {
            content["m.relates_to"] = new Dictionary<string, object>
            {
                ["rel_type"] = "m.thread",
                ["event_id"] = root,
                ["is_falling_back"] = true, // clients without threads show an answer to the first post
                ["m.in_reply_to"] = new { event_id = root },
            };
        }

        return Request($"feedwatch-{delivery.Event.Id}", content);
    }

    private ChatRequest Edit(Delivery delivery, string first)
    {
        var content = Content(delivery, "* "); // the mark of an edit, for clients that know none
        content["m.new_content"] = Content(delivery, "");
        content["m.relates_to"] = new { rel_type = "m.replace", event_id = first };
        return Request($"feedwatch-{delivery.Event.Id}-edit", content);
    }

    private ChatRequest Request(string transaction, Dictionary<string, object> content) =>
        new(HttpMethod.Put, new Uri($"{room}/send/m.room.message/{transaction}"), ChatJson.Of(content)) { Headers = headers, Repeatable = true };

    /// <summary>A quotation stands on lines of its own; breaks beside it would be empty ones. What a feed says holds no tag.</summary>
    private static string Joined(string html) => html.Replace("<br><blockquote>", "<blockquote>", StringComparison.Ordinal).Replace("</blockquote><br>", "</blockquote>", StringComparison.Ordinal);

    private Dictionary<string, object> Content(Delivery delivery, string mark)
    {
        var lines = PostLines.Of(delivery.Post());
        return new Dictionary<string, object>
        {
            ["msgtype"] = options.Notify ? "m.text" : "m.notice", // bots answer no notice
            ["body"] = mark + Text.Write(lines, MostText),
            ["format"] = "org.matrix.custom.html",
            ["formatted_body"] = mark + Joined(Markup.Write(lines, MostHtml)),
            ["m.mentions"] = NoMentions,
        };
    }
}
