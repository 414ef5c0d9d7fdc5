using FeedWatch.Chat.Channels;
using FeedWatch.Contracts;
using FeedWatch.Tests.Contracts;

namespace FeedWatch.Tests.Chat.Chats;

/// <summary>What every chat must bear: events at the edge, an incident's whole story, a channel that takes nothing.</summary>
internal static class Awkward
{
    /// <summary>Each with an id of its own.</summary>
    public static IReadOnlyList<FeedWatchEvent> Events { get; } =
    [
        AnEvent.Detected("long") with { Title = string.Concat(Enumerable.Repeat("Cryptotelefoon ", 334))[..5_000] },
        AnEvent.Detected("rtl") with { Title = "الشرطة الأوروبية تفكك شبكة الاتصالات المشفرة \u202Eلقنا", Article = AnEvent.Article() with { Title = "הרשת המוצפנת פורקה", Summary = "המשטרה קראה את ההודעות במשך חודשים.", Language = "he" } },
        AnEvent.Detected("no link") with { Article = AnEvent.Article() with { Link = null } },
        AnEvent.Detected("long link") with { Article = AnEvent.Article() with { Link = "https://news.example/" + new string('a', 1_900) } },
        AnEvent.Detected("forty figures") with { Figures = [.. Enumerable.Range(1, 40).Select(i => AnEvent.Number("kind" + i, i * 1_000_000, scope: "NL", what: "of something with a long name"))] },
        AnEvent.Detected("no summary") with { Article = AnEvent.Article() with { Summary = "" } },
        AnEvent.Detected("everything long") with
        {
            SeverityReason = new string('s', 5_000),
            Networks = [.. Enumerable.Range(1, 100).Select(i => AnEvent.Network($"Network {i} {new string('n', 100)}", about: true))],
            Agencies = [.. Enumerable.Range(1, 100).Select(i => $"Agency {i} {new string('a', 100)}")],
            Figures = [.. Enumerable.Range(1, 100).Select(i => AnEvent.Number($"kind{i}", i, what: new string('"', 200)))],
            Article = AnEvent.Article() with { Summary = string.Concat(Enumerable.Repeat("👩\u200D💻 \\ \" < ", 1_000)), Evidence = [.. Enumerable.Range(1, 50).Select(i => AnEvent.Quote(new string('&', 5_000)))] },
        },
        AnEvent.Minimal(),
        AnEvent.Burst() with { Entries = [.. Enumerable.Range(1, 500).Select(i => new BurstEntry { EventId = AnEvent.Id($"entry {i}"), IncidentId = AnEvent.Id($"incident {i}"), Title = $"Title {i} {new string('t', 200)}", Link = $"https://news.example/{i}" })] },
        .. Samples.All.Values.Where(e => e is not IncidentEvent and not BurstSummary),
    ];

    /// <summary>Told by a channel with a real ledger: the takedown, then, after a restart, an update, a merger and the withdrawal.</summary>
    public static async Task TellAStoryAsync(IChatChannel channel)
    {
        await using var room = new ChatRoom(channel);
        await room.StartAsync();
        await room.RecordAsync(AnEvent.Detected());
        await room.WhenIdleAsync();

        await room.RestartAsync();
        await room.RecordAsync(AnEvent.Updated(), Samples.All[EventTypes.IncidentMerged], Samples.All[EventTypes.IncidentRetracted]);
        var totals = await room.WhenIdleAsync();

        Assert.Equal((3, 0, 0), (totals.Sent, totals.GivenUp, totals.Waiting));
    }

    /// <summary>What the log says of a channel that takes nothing, whatever waits for it; one line, and no second try.</summary>
    public static async Task<string> FaultAsync(IChatChannel channel)
    {
        await using var room = new ChatRoom(channel);
        await room.StartAsync();
        await room.RecordAsync(AnEvent.Detected(), AnEvent.Detected("second"), AnEvent.Updated());
        var totals = await room.WhenIdleAsync();

        Assert.Equal((0, 0, 3), (totals.Sent, totals.GivenUp, totals.Waiting));
        var line = Assert.Single(room.Logged, l => l.StartsWith("Error:", StringComparison.Ordinal));
        return line.Split("takes nothing: ", 2)[1].Split(" Mend it", 2)[0];
    }
}
