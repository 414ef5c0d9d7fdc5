using System.Globalization;
using FeedWatch.Chat;
using FeedWatch.Chat.Channels;
using FeedWatch.Chat.Channels.Local;
using FeedWatch.Chat.Delivering;
using FeedWatch.Chat.Routing;
using FeedWatch.Chat.Storing;
using FeedWatch.Contracts;
using FeedWatch.Incidents;
using FeedWatch.Incidents.Retelling;
using FeedWatch.Publishing;
using FeedWatch.Seen;
using FeedWatch.Storage;

namespace FeedWatch.Benchmarks;

/// <summary>
/// What a year of matching articles leaves behind: incidents, the events of the outbox, and the posts of a chat. Forty articles a day
/// match, of a network that falls every five days and of those that fell before; every event is sent and posted.
/// </summary>
internal sealed class YearOfTakedowns(Database database, DirectoryInfo folder, TimeProvider time) : IDisposable
{
    public const int MatchesADay = 40;
    private const int DaysPerNetwork = 5;
    private const string Channel = "chat";

    private readonly OutboxSignal signal = new();
    private readonly ArticleBook book = new(new IncidentLinker(time), time);
    private readonly IncidentLinker linker = new(time);
    private readonly Random random = new(3);
    private readonly DeliveryLedger ledger = new(
        LedgerFile.Open(folder.FullName), new Routes([new RouteOptions { Events = { "*" } }], [new FileChannel(Channel, Path.Combine(folder.FullName, "alerts.jsonl"), time)]), time);

    public Outbox Outbox => field ??= new Outbox(database, time, signal);

    public async Task TellAsync(int day, IEnumerable<NewArticle> matches)
    {
        var n = day * MatchesADay;
        foreach (var match in matches)
        {
            var falls = day / DaysPerNetwork;
            var network = random.Next(4) == 0 ? random.Next(falls + 1) : falls;
            var report = SampleReport.Of(string.Create(CultureInfo.InvariantCulture, $"Network {network}"), n++, time.GetUtcNow(), article: match.Id);
            await database.WriteAsync(
                async session =>
                {
                    await Outbox.AddAsync(session, await book.TellAsync(session, match, report, LookAtFeed.Unchanged));
                    return true;
                },
                default);
        }

        await database.WriteAsync(
            async session =>
            {
                await Outbox.AddAsync(session, await linker.CloseWindowsAsync(session, TimeSpan.Zero));
                return true;
            },
            default);
        await SendAsync();
    }

    /// <summary>Forgets posts as the bot does once a day.</summary>
    public async Task SweepAsync()
    {
        const int most = 200;
        while (await ledger.ForgetAsync(time.GetUtcNow() - new ChatOptions().KeepPosts, most, default) == most) { }
    }

    public void Dispose()
    {
        ledger.Dispose();
        signal.Dispose();
    }

    private async Task SendAsync()
    {
        while (await Outbox.DueAsync(100, default) is { Count: > 0 } due)
        {
            foreach (var row in due) await ledger.RecordAsync(EventJson.Deserialize(row.Body), default);
            await Outbox.MarkAsync([.. due.Select(d => new RelayOutcome(d, null))], default);
        }

        while (await ledger.NextAsync(Channel, default) is { } next)
        {
            if (!await ledger.SendingAsync(next, default)) throw new InvalidOperationException("Somebody else posts to the channel.");
            await ledger.SentAsync(next.Seq, new SendResult.Sent($"message {next.Seq}"), Channel, (EventJson.Deserialize(next.Body) as IncidentEvent)?.IncidentId, default);
        }
    }
}
