using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using FeedWatch.Chat;
using FeedWatch.Contracts;
using FeedWatch.Tests.Contracts;
using FeedWatch.Tests.Testing;
using MimeKit;

namespace FeedWatch.Tests.Chat.Posts;

/// <summary>Keeps <c>deploy/bots/posts.md</c>, on which people see before they set anything up what they will get, equal to what is posted.</summary>
public sealed class PostsPageTests
{
    private const string Introduction =
        """
        # What is posted

        One incident as each kind of channel is told it: the first post, an update, its withdrawal, and a digest that lists it. Above is
        what people read, below it the request's body, exactly as `feedwatch chat preview` prints it and as it is sent. The events are
        [`events`](events), lines as `run --json` prints them; so each of these can be tried, and looks the same:

            feedwatch chat preview events/detected.json --channel slack
            feedwatch chat preview events/updated.json --channel discord --earlier 1001

        What is not here: `file`, `json` and `webhook` are for programs, and get the events as they are. Bots (a `Token` on Discord, Slack and
        Mattermost) post the same, and their updates follow the first post as [the table of channels](../../README.md#channels) says.

        """ + "\n";

    private static readonly (string File, string Title, FeedWatchEvent Event)[] Story =
    [
        ("detected", "First post", AnEvent.Detected() with { SeverityReason = "reports the takedown itself" }),
        ("updated", "Update", AnEvent.Updated() with { SeverityReason = "reports the takedown itself" }),
        ("retracted", "Withdrawal", (IncidentRetracted)Samples.All[EventTypes.IncidentRetracted] with { SeverityReason = "reports the takedown itself" }),
        ("digest", "Digest", Samples.All[EventTypes.Digest]),
    ];

    /// <summary>Channels for people, and what each of them called the first post.</summary>
    private static readonly (string Type, string? First)[] Channels =
        [("console", null), ("discord", "1001"), ("slack", null), ("mattermost", null), ("matrix", "$first"), ("telegram", "-1001/1001"), ("teams", null), ("ntfy", null), ("email", ReferenceOfMail())];

    [Fact]
    public void Its_events_are_those_of_the_contract() =>
        Assert.All(Story, e => Approved.MatchesFile(EventJson.Serialize(e.Event) + "\n", Folder("events", e.File + ".json")));

    [Fact]
    public void It_shows_what_each_chat_is_sent()
    {
        var page = new StringBuilder(Introduction);
        foreach (var (type, first) in Channels)
        {
            page.Append("## ").Append(type).Append('\n');
            foreach (var (file, title, @event) in Story) Show(page, type, first, file, title, @event);
        }

        Approved.MatchesFile(page.ToString(), Folder("posts.md"));
    }

    private static void Show(StringBuilder page, string type, string? first, string file, string title, FeedWatchEvent @event)
    {
        var earlier = @event is IncidentEvent and not IncidentDetected ? first : null;
        var requests = Preview(type, @event, earlier);
        var typed = $"feedwatch chat preview events/{file}.json --channel {type}{(earlier is null ? "" : $" --earlier '{earlier}'")}";
        page.Append("\n### ").Append(title).Append("\n\n");
        foreach (var request in requests) page.Append("```text\n").Append(Readable(type, request).TrimEnd('\n')).Append("\n```\n");
        if (type == "console" && title == Story[^1].Title) page.Append('\n');
        if (type == "console") return;
        page.Append("\n<details><summary><code>").Append(typed).Append("</code></summary>\n\n");
        foreach (var request in requests) page.Append(type == "email" ? "```text\n" : "```json\n").Append(request.ReplaceLineEndings("\n").TrimEnd('\n')).Append("\n```\n");
        page.Append("</details>\n");
        if (title == Story[^1].Title) page.Append('\n');
    }

    private static IReadOnlyList<string> Preview(string type, FeedWatchEvent @event, string? earlier) =>
        ChannelTrial.OfType(type, new SettableClock(@event.Time))!.Preview(EventJson.Serialize(@event), earlier).Requests;

    /// <summary>The words of a request, a line for each.</summary>
    private static string Readable(string type, string request)
    {
        if (type == "console") return request;
        if (type == "email") return $"Subject: {Mail(request).Subject}\n\n{Mail(request).TextBody}";
        var body = JsonDocument.Parse(request).RootElement;
        return type switch
        {
            "discord" => $"{body.GetProperty("embeds")[0].GetProperty("author").GetProperty("name")}\n{body.GetProperty("embeds")[0].GetProperty("title")}\n{body.GetProperty("embeds")[0].GetProperty("description")}",
            "slack" => string.Join('\n', body.GetProperty("blocks")[0].GetProperty("elements").EnumerateArray().SelectMany(SlackLines)),
            "matrix" => body.GetProperty("body").GetString()!,
            "teams" => string.Join('\n', body.GetProperty("attachments")[0].GetProperty("content").GetProperty("body").EnumerateArray().Select(block => Joined(block.GetProperty("inlines")))),
            "ntfy" => $"{body.GetProperty("title")}\n{body.GetProperty("message")}",
            _ => body.GetProperty("text").GetString()!,
        };
    }

    private static IEnumerable<string> SlackLines(JsonElement element) => element.GetProperty("type").GetString() switch
    {
        "rich_text_list" => element.GetProperty("elements").EnumerateArray().Select(item => "• " + Joined(item.GetProperty("elements"))),
        "rich_text_quote" => Joined(element.GetProperty("elements")).Split('\n').Select(line => "| " + line),
        _ => [Joined(element.GetProperty("elements"))],
    };

    private static string Joined(JsonElement pieces) => string.Concat(pieces.EnumerateArray().Select(piece => piece.GetProperty("text").GetString()));

    private static string ReferenceOfMail()
    {
        var first = Mail(Preview("email", Story[0].Event, null).Single());
        return $"{first.MessageId} {first.Subject}";
    }

    private static MimeMessage Mail(string request) => MimeMessage.Load(new MemoryStream(Encoding.ASCII.GetBytes(request)));

    private static string Folder(params string[] below) => Path.GetFullPath(Path.Combine([Here(), "..", "..", "..", "..", "deploy", "bots", .. below]));

    private static string Here([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;
}
