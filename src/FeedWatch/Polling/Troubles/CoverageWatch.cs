using FeedWatch.Contracts;
using FeedWatch.Publishing;
using FeedWatch.Storage;
using FeedWatch.Storage.Upkeep;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Quartz;

namespace FeedWatch.Polling.Troubles;

/// <summary>
/// Fired by Quartz: tells when FeedWatch has gone blind for a country, a language or altogether, and when it sees again; and that a feed that
/// was told as ill is not wanted any more. Each is told by the one that can write it down, however many nodes there are.
/// </summary>
[DisallowConcurrentExecution]
internal sealed partial class CoverageWatch(Database database, Outbox outbox, IOptions<PollOptions> options, TimeProvider time, ILogger<CoverageWatch> logger) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        try
        {
            if (database.Keeping.IsPossible) await LookAsync(cancellationToken);
        }
        catch (CannotRecordException)
        {
            // said already; it is looked at again
        }
    }

    /// <summary>One look.</summary>
    /// <exception cref="CannotRecordException">The database takes nothing at the moment.</exception>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var before = now - options.Value.FailingAfter;
        if (!await database.ReadAsync(session => HasNewsAsync(session, before), cancellationToken)) return;
        var told = await database.WriteAsync(
            async session =>
            {
                var events = new List<FeedWatchEvent>();
                events.AddRange(await UnwantedAsync(session, now));
                events.AddRange(await ChangesAsync(session, await Outlook.LookAsync(session, before), now));
                await outbox.AddAsync(session, events);
                return events;
            },
            cancellationToken);
        foreach (var @event in told)
        {
            if (@event is CoverageLost lost) Log.Lost(logger, lost.Value ?? lost.Kind, lost.Feeds.Count, lost.Reason);
            if (@event is CoverageRestored restored) Log.Restored(logger, restored.Value ?? restored.Kind);
        }
    }

    private static async Task<bool> HasNewsAsync(Session session, DateTimeOffset before)
    {
        if (!await Outlook.IsCloudedAsync(session, before)) return false;
        var outlook = await Outlook.LookAsync(session, before);
        return outlook.ToTell().Any() || outlook.Over().Any() || (await FeedTroubles.OfUnwantedAsync(session)).Count > 0;
    }

    private static async Task<IReadOnlyList<FeedWatchEvent>> UnwantedAsync(Session session, DateTimeOffset now)
    {
        var told = new List<FeedWatchEvent>();
        foreach (var trouble in await FeedTroubles.OfUnwantedAsync(session))
        {
            if (await FeedTroubles.EndAsync(session, trouble.Feed, trouble.Kind) is null) continue; // another node was first
            if (FeedNews.Over(trouble, await Outlook.FeedAsync(session, trouble.Feed), now, removed: true) is { } over) told.Add(over);
        }

        return told;
    }

    private static async Task<IReadOnlyList<FeedWatchEvent>> ChangesAsync(Session session, Outlook outlook, DateTimeOffset now)
    {
        var told = new List<FeedWatchEvent>();
        foreach (var known in outlook.Over())
        {
            if (await session.ExecuteAsync("delete from coverage_lost where kind = @Kind and value = @Value", known) == 0) continue;
            told.Add(new CoverageRestored
            {
                Id = NameUuid.Of(EventTypes.CoverageRestored, $"{known.EventId}"),
                Time = now,
                Kind = known.Kind,
                Value = known.Value.Length == 0 ? null : known.Value,
                After = known.EventId,
                Since = DateTimeOffset.FromUnixTimeMilliseconds(known.ToldAt),
                Removed = !outlook.IsWanted(known.Kind, known.Value),
            });
        }

        foreach (var part in outlook.ToTell())
        {
            var lost = new CoverageLost
            {
                Id = NameUuid.Of(EventTypes.CoverageLost, $"{part.Kind}|{part.Value}|{now.ToUnixTimeMilliseconds()}"),
                Time = now,
                Kind = part.Kind,
                Value = part.Value.Length == 0 ? null : part.Value,
                Since = part.ReadAt,
                Feeds = [.. part.Feeds.Select(f => f.Watched)],
                Reason = part.Reason,
            };
            if (await session.ExecuteAsync(
                "insert into coverage_lost (kind, value, told_at, event_id) values (@Kind, @Value, @Now, @Id) on conflict (kind, value) do nothing",
                new { part.Kind, part.Value, Now = now.ToUnixTimeMilliseconds(), lost.Id }) > 0) told.Add(lost);
        }

        return told;
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 840, Level = LogLevel.Error, Message = "FeedWatch is blind ({Where}): none of {Count} feeds can be read ({Why}). feedwatch feeds list says more.")]
        public static partial void Lost(ILogger logger, string where, int count, string why);

        [LoggerMessage(EventId = 841, Level = LogLevel.Information, Message = "FeedWatch is no longer blind ({Where}).")]
        public static partial void Restored(ILogger logger, string where);
    }
}
