using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using FeedWatch.Chat.Posts;
using FeedWatch.Chat.Sending;
using FeedWatch.Contracts;
using Telegram.Bot;
using Telegram.Bot.Requests;
using Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;

namespace FeedWatch.Chat.Channels.Chats;

/// <summary>
/// A Telegram group, channel or person, by a bot (https://core.telegram.org/bots/api). Later news answers the first post. Telegram has no key
/// against repeats. Its requests are those of Telegram.Bot; they are sent as those of the other chats, because that client would wait out a 429
/// by itself and its errors are exceptions.
/// </summary>
internal sealed partial class Telegram(ChannelOptions options) : IHttpChat
{
    public static readonly ChannelType Type = HttpChannel.Type(Faults, o => new Telegram(o), () => new ChannelOptions { Token = "1:example", Chat = "-1001" }, nameof(ChannelOptions.Token), nameof(ChannelOptions.Chat), nameof(ChannelOptions.Thread), nameof(ChannelOptions.LinkPreview));

    private const string Api = "https://api.telegram.org";

    /// <summary>"1-4096 characters after entities parsing" (sendMessage).</summary>
    private const int MostText = 4_096;

    /// <summary>Of descriptions that come with 400; what they say stays true until a person does something.</summary>
    private static readonly string[] Useless =
        ["chat not found", "thread not found", "TOPIC_CLOSED", "TOPIC_DELETED", "not enough rights", "have no rights", "need administrator rights", "CHAT_WRITE_FORBIDDEN", "CHAT_RESTRICTED", "group is deactivated"];

    private static readonly string[] Gone = ["message to edit not found", "message can't be edited", "message to be replied not found", "MESSAGE_ID_INVALID"];

    /// <summary>Names, hashtags, commands and addresses are searched for in all text that is no link, whatever the parse mode.</summary>
    private static readonly Dialect Text = Html.Dialect(broken: Dialect.FoundInText) with { Measure = AfterParsing };

    private readonly string bot = $"{(options.HasAddress() ? options.Address().AbsoluteUri.TrimEnd('/') : Api)}/bot{options.Secret()}";

    private string chat = options.Chat!.Trim();

    /// <summary>One a second in a chat, 20 a minute in a group (https://core.telegram.org/bots/faq, "My bot is hitting limits").</summary>
    public IReadOnlyList<Limit> Limits { get; } = [new(1, TimeSpan.FromSeconds(1)), new(20, TimeSpan.FromMinutes(1))];

    /// <summary>The token is part of the address.</summary>
    public IReadOnlyList<string> Secrets { get; } = [options.Secret(), options.Secret().Split(':')[^1]];

    public IReadOnlyList<ChatRequest> Render(Delivery delivery) => Place.Of(delivery.Earlier) switch
    {
        { } first when first.Chat != chat => [New(delivery, first: null)],
        null => [New(delivery, first: null)],
        var first when options.Updates is UpdateStyle.Edit => [Edit(delivery, first)],
        _ when options.Updates is UpdateStyle.Post => [New(delivery, first: null)],
        var first when delivery.Event is IncidentRetracted => [Edit(delivery, first), New(delivery, first)],
        var first => [New(delivery, first)],
    };

    public SendResult Read(Delivery delivery, ChatAnswer answer)
    {
        if (answer.Text("result.message_id") is { } message) return new SendResult.Sent(Place.Of(delivery.Earlier)?.Chat == chat ? delivery.Earlier : new Place(chat, message).ToString());
        if (answer.IsSuccess) return new SendResult.Broken($"{answer.Why()} The Bot API answers otherwise: leave Url out, or put a Bot API server's address there.");

        var said = answer.Text("description");
        if (answer.Text("parameters.migrate_to_chat_id") is { } supergroup) return Follow(supergroup);
        if (said?.Contains("message is not modified", StringComparison.Ordinal) is true) return new SendResult.Sent(delivery.Earlier);
        if (answer.Status is 401 or 404) return new SendResult.Broken($"{answer.Why(said)} The bot's token is wrong or was revoked; BotFather gives a new one.");
        return answer.Status == 400 && Array.Exists(Useless, u => said?.Contains(u, StringComparison.OrdinalIgnoreCase) is true) ? new SendResult.Broken(answer.Why(said)) : answer.NotAccepted(said);
    }

    public bool EarlierIsGone(ChatAnswer answer) => answer.Status == 400 && answer.Text("description") is { } said && Array.Exists(Gone, g => said.Contains(g, StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<string> Faults(ChannelOptions options)
    {
        var faults = options.NeedsToken("the bot's token (123456:ABC…)").ToList();
        if (faults.Count == 0 && !Token().IsMatch(options.Secret())) faults.Add("Token is no bot's token, which is a number, a colon and letters and digits (123456:ABC…).");
        faults.AddRange(options.NeedsChat("the chat's id (-1001234567890) or a public name (@crimedesk)"));
        if (!string.IsNullOrWhiteSpace(options.Chat) && !Name().IsMatch(options.Chat.Trim())) faults.Add($"Chat '{options.Chat}' is neither a chat's id (-1001234567890) nor a public name (@crimedesk).");
        if (!string.IsNullOrEmpty(options.Thread) && ThreadOf(options) is null) faults.Add($"Thread '{options.Thread}' is no topic's id, which is a number.");
        if (options.HasAddress()) faults.AddRange(options.NeedsAddress("the address of a Bot API server, or nothing"));
        return faults;
    }

    /// <summary>An entity counts as the sign that it stands for, a tag as nothing.</summary>
    private static int AfterParsing(string html)
    {
        var length = 0;
        for (var i = 0; i < html.Length; i++)
        {
            if (html[i] == '<') i = html.IndexOf('>', i);
            else if (html[i] == '&') (i, length) = (html.IndexOf(';', i), length + 1);
            else length++;
        }

        return length;
    }

    private static int? ThreadOf(ChannelOptions options) => int.TryParse(options.Thread, NumberStyles.None, CultureInfo.InvariantCulture, out var thread) ? thread : null;

    /// <summary>The group became a supergroup, which has another id. It is followed there until the settings say so.</summary>
    private SendResult.RetryLater Follow(string supergroup)
    {
        chat = supergroup;
        return new SendResult.RetryLater(null, $"the group became a supergroup; posts go there from now on. Put its id {supergroup} into Chat.");
    }

    private ChatRequest New(Delivery delivery, Place? first)
    {
        var post = delivery.Post(delivery.Interrupted);
        return Request("sendMessage", new SendMessageRequest
        {
            ChatId = chat,
            MessageThreadId = ThreadOf(options),
            Text = Text.Write(PostLines.Of(post), MostText),
            ParseMode = ParseMode.Html,
            LinkPreviewOptions = PreviewOf(post),
            ReplyParameters = first is null ? null : new ReplyParameters { MessageId = first.Id, AllowSendingWithoutReply = true },
        });
    }

    private ChatRequest Edit(Delivery delivery, Place first)
    {
        var post = delivery.Post();
        var request = new EditMessageTextRequest { ChatId = chat, MessageId = first.Id, Text = Text.Write(PostLines.Of(post), MostText), ParseMode = ParseMode.Html, LinkPreviewOptions = PreviewOf(post) };
        return Request("editMessageText", request) with { Repeatable = true };
    }

    /// <summary>Of no other address than the report's.</summary>
    private LinkPreviewOptions PreviewOf(Post post) =>
        options.LinkPreview && post.Link is { } link ? new LinkPreviewOptions { Url = link, PreferSmallMedia = true } : new LinkPreviewOptions { IsDisabled = true };

    private ChatRequest Request<T>(string method, T body) => new(HttpMethod.Post, new Uri($"{bot}/{method}"), JsonSerializer.Serialize(body, Wire.Json));

    [GeneratedRegex("^[0-9]{1,20}:[A-Za-z0-9_-]+$")]
    private static partial Regex Token();

    [GeneratedRegex("^(-?[0-9]{1,20}|@[A-Za-z][A-Za-z0-9_]{3,31})$", RegexOptions.ExplicitCapture)]
    private static partial Regex Name();

    /// <summary>A class of its own, so that Telegram.Bot is loaded by whoever posts there and by nobody else.</summary>
    private static class Wire
    {
        public static readonly JsonSerializerOptions Json = new(JsonBotAPI.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    }

    /// <summary>Where a post is; ids of messages are a chat's own.</summary>
    private sealed record Place(string Chat, string Message)
    {
        public int Id => int.Parse(Message, NumberStyles.None, CultureInfo.InvariantCulture);

        public static Place? Of(string? reference) =>
            reference?.Split('/') is [var chat, var message] && int.TryParse(message, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? new Place(chat, message) : null;

        public override string ToString() => $"{Chat}/{Message}";
    }
}
