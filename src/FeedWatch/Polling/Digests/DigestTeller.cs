using FeedWatch.Incidents;
using FeedWatch.Incidents.Telling;
using FeedWatch.Publishing;
using FeedWatch.Storage;
using FeedWatch.Storage.Upkeep;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Quartz;

namespace FeedWatch.Polling.Digests;

/// <summary>
/// Fired by Quartz: tells the digests whose period has ended. Up to when each was told stands in the database and goes on in the transaction
/// that puts it into the outbox, so that none is told twice or lost, whoever is killed and however many nodes there are. What was missed while
/// nobody ran is told once, in one digest.
/// </summary>
[DisallowConcurrentExecution]
internal sealed partial class DigestTeller(Database database, Outbox outbox, IOptions<AlertOptions> alerts, TimeProvider time, ILogger<DigestTeller> logger) : IJob
{
    /// <summary>A clock that is set back by less is of no account.</summary>
    private static readonly TimeSpan OfNoAccount = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan KeepTallies = TimeSpan.FromDays(40);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        try
        {
            if (database.Keeping.IsPossible) await TellDueAsync(cancellationToken);
        }
        catch (CannotRecordException)
        {
            // said already; it is told when there is room again
        }
    }

    public async Task TellDueAsync(CancellationToken cancellationToken)
    {
        foreach (var digest in alerts.Value.Digests) await TellAsync(digest, cancellationToken);
    }

    private async Task TellAsync(DigestOptions options, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var end = options.LastEnd(now);
        if (await database.ReadAsync(session => ToldUntilAsync(session, options), cancellationToken) is { } until && until >= end && until <= now + OfNoAccount) return;

        var told = await database.WriteAsync(
            async session =>
            {
                var name = options.EffectiveName;
                if (await session.ExecuteAsync("insert into digests (name, told_until) values (@Name, @End) on conflict (name) do nothing", new { Name = name, End = end.ToUnixTimeMilliseconds() }) > 0) return null; // its first period has begun
                if (await ToldUntilAsync(session, options) is not { } from) return null;

                // The clock was set back since: what comes from now on has not been told, although its time has.
                var next = from > now + OfNoAccount ? now : end;
                if (from >= next && next == end) return null;
                var values = new { Name = name, Next = next.ToUnixTimeMilliseconds(), From = from.ToUnixTimeMilliseconds() };
                if (await session.ExecuteAsync("update digests set told_until = @Next where name = @Name and told_until = @From", values) == 0) return null; // another node was first
                if (next != end) return null;

                var digest = await DigestWriter.WriteAsync(session, options, from, end, now);
                if (digest.Incidents.Count > 0 || options.WhenEmpty) await outbox.AddAsync(session, [digest]);
                await Tally.ForgetAsync(session, now - KeepTallies);
                return digest;
            },
            cancellationToken);
        if (told is not null) Log.Told(logger, told.Name, told.From, told.To, told.Incidents.Count);
    }

    private static async Task<DateTimeOffset?> ToldUntilAsync(Session session, DigestOptions options) =>
        await session.FindAsync<long?>("select told_until from digests where name = @Name", new { Name = options.EffectiveName }) is { } until ? DateTimeOffset.FromUnixTimeMilliseconds(until) : null;

    private static partial class Log
    {
        [LoggerMessage(EventId = 830, Level = LogLevel.Information, Message = "The digest {Name} of {From:u} to {To:u} holds {Count} incidents.")]
        public static partial void Told(ILogger logger, string name, DateTimeOffset from, DateTimeOffset to, int count);
    }
}
