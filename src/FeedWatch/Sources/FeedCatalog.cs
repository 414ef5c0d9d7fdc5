using System.Text.Json;
using FeedWatch.Sources.Planning;
using FeedWatch.Storage;

namespace FeedWatch.Sources;

/// <summary>The feeds and when each one is due. Claims are leases in the database, so that no feed is polled twice at once.</summary>
internal sealed class FeedCatalog(Database database, TimeProvider time)
{
    private const string Columns =
        "id, url, name, language, country, interval_ms, cron, auth, etag, last_modified, failures, failure, level, succeeded_at, rhythm_ms, newest_at, gap_ms, skip_hours, skip_days, moved_to, moved_seen, moved_at";

    /// <summary>For several nodes: each of them knows by itself when it left a host, and not when another one did.</summary>
    private const string HostPolledAt = ", (select max(polled_at) from feeds neighbour where neighbour.host = feeds.host) as host_polled_at";

    /// <summary>
    /// The first so many that are due are looked at for each that is wanted: hosts with many feeds stand in each other's way, and to look
    /// at all of them each time would cost the square of their number.
    /// </summary>
    private const int LookedAtPerClaim = 4;

    private readonly ClockJumps jumps = new(time);

    /// <summary>Whether the end of a poll could be written down; where it could not, it is tried again (see <see cref="Database.CanRecordAsync"/>).</summary>
    public Task<bool> CanRecordAsync(CancellationToken cancellationToken) => database.CanRecordAsync(cancellationToken);

    /// <summary>
    /// Makes the catalog equal to the list. What polling learnt of a feed stays, also of one that left the list; only that it is gone
    /// (410) is forgotten when it comes back or is switched on again: somebody wants it tried.
    /// </summary>
    public Task ReplaceAsync(IReadOnlyList<ListedFeed> feeds, CancellationToken cancellationToken) => database.WriteAsync(
        async session =>
        {
            await session.ExecuteAsync("update feeds set enabled = 2 where enabled = 1"); // 2: was on before
            await session.ExecuteAsync(
                """
                insert into feeds (id, url, host, domain, name, language, country, interval_ms, cron, auth, enabled)
                values (@Id, @Url, @Host, @Domain, @Name, @Language, @Country, @IntervalMs, @Cron, @Auth, @Enabled)
                on conflict (id) do update set name = excluded.name, language = excluded.language, country = excluded.country, domain = excluded.domain,
                    interval_ms = excluded.interval_ms, cron = excluded.cron, auth = excluded.auth, enabled = excluded.enabled,
                    gone = case when feeds.enabled = 0 and excluded.enabled = 1 then 0 else feeds.gone end
                """,
                feeds.Select(f => new
                {
                    f.Id, Url = f.Url.AbsoluteUri, f.Url.Host, Domain = RetryScope.Of(f.Url), f.Name, f.Language, f.Country, IntervalMs = (long?)f.Interval?.TotalMilliseconds, f.Cron, Enabled = f.Enabled ? 1 : 0,
                    Auth = f.Auth is null ? null : JsonSerializer.Serialize(f.Auth),
                }));
            await session.ExecuteAsync("update feeds set enabled = 0 where enabled = 2");
        },
        cancellationToken);

    /// <summary>
    /// At start: this process holds the data folder alone, so leases in it are those of a dead one. The clock may have been set back meanwhile.
    /// In a shared database they may be another node's, and its plan is not this node's clock's to mend: there a dead one's lapse.
    /// </summary>
    public Task VoidLeasesAsync(CancellationToken cancellationToken) => database.IsShared ? Task.CompletedTask : database.WriteAsync(
        async session =>
        {
            await session.ExecuteAsync("update feeds set leased_until = 0 where leased_until > 0");
            await jumps.CatchUpAsync(session);
        },
        cancellationToken);

    /// <summary>Makes every enabled feed due now, except those whose server forbade to come back yet.</summary>
    public Task MakeAllDueAsync(CancellationToken cancellationToken) => database.WriteAsync(
        session => session.ExecuteAsync(
            "update feeds set next_poll_at = 0 where enabled = 1 and gone = 0 and not_before <= @Now",
            new { Now = time.GetUtcNow().ToUnixTimeMilliseconds() }),
        cancellationToken);

    /// <summary>Takes feeds that are due, the longest overdue first, and leases them for <paramref name="lease"/>.</summary>
    /// <param name="most">How many at most.</param>
    /// <param name="perHost">How many of one host may be out at the same time.</param>
    /// <param name="lease">After this time a feed whose poll was never recorded may be claimed again.</param>
    public async Task<IReadOnlyList<Feed>> ClaimAsync(int most, int perHost, TimeSpan lease, CancellationToken cancellationToken)
    {
        var (feeds, jump) = await database.WriteAsync(
            async session =>
            {
                var jump = session.IsShared ? null : await jumps.FollowAsync(session);
                return (await ClaimAsync(session, most, perHost, lease), jump);
            },
            cancellationToken);
        if (jump is not null) jumps.Accept(jump);
        return feeds;
    }

    private async Task<IReadOnlyList<Feed>> ClaimAsync(Session session, int most, int perHost, TimeSpan lease)
    {
        await session.TakeTurnAsync(Turn.Claiming);
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var rows = await session.QueryAsync<FeedRow>(
            $"""
            update feeds set leased_until = @Until where id in (
                select id from feeds where next_poll_at <= @Now and leased_until <= @Now and id in (
                    select id from (
                        select id, next_poll_at,
                            row_number() over (partition by host order by next_poll_at)
                                + (select count(*) from feeds busy where busy.host = due.host and busy.leased_until > @Now) as nth
                        from (
                            select id, host, next_poll_at from feeds waiting
                            where enabled = 1 and gone = 0 and next_poll_at <= @Now and not_before <= @Now and leased_until <= @Now
                                and (select count(*) from feeds busy where busy.host = waiting.host and busy.leased_until > @Now) < @PerHost
                            order by next_poll_at limit @Look) due) queue
                    where nth <= @PerHost order by next_poll_at limit @Most)
                {session.SkipLocked})
            returning {Columns}{(session.IsShared ? HostPolledAt : "")}, exists (select 1 from feeds other where other.host = feeds.host and other.id <> feeds.id and other.enabled = 1 and other.gone = 0) as shares_host
            """,
            new { Now = now, Until = now + (long)lease.TotalMilliseconds, PerHost = perHost, Most = most, Look = most * LookedAtPerClaim });
        return [.. rows.Select(r => r.ToFeed())];
    }

    /// <summary>Writes down how polls ended and when the next ones are due, in the transaction that holds what they brought.</summary>
    public static async Task RecordAsync(Session session, IReadOnlyList<(Feed Feed, PollRecord Record)> polls)
    {
        var quiet = polls.ToLookup(poll => poll.Record.ChangesNothing(poll.Feed));

        // Nearly all of them, and most of what the full statement costs is the binding of its values.
        await session.ExecuteAsync(
            "update feeds set next_poll_at = @Next, leased_until = 0, polled_at = @Now, succeeded_at = @Now where id = @Id",
            quiet[true].Select(poll => new { Next = poll.Record.NextPollAt.ToUnixTimeMilliseconds(), Now = poll.Record.PolledAt.ToUnixTimeMilliseconds(), poll.Feed.Id }));
        await session.ExecuteAsync(
            """
            update feeds set etag = @ETag, last_modified = @LastModified, next_poll_at = @NextPollAt, gone = @Gone, leased_until = 0, polled_at = @PolledAt,
                succeeded_at = coalesce(@SucceededAt, succeeded_at), failures = @Failures, level = @Level, failure = @Failure,
                rhythm_ms = @RhythmMs, newest_at = @NewestAt, gap_ms = @GapMs, skip_hours = @SkipHours, skip_days = @SkipDays,
                moved_to = @MovedTo, moved_seen = @MovedSeen, moved_at = @MovedAt, repairs = coalesce(@Repairs, repairs)
            where id = @Id
            """,
            quiet[false].Select(poll => Row(poll.Feed.Id, poll.Record)));
        foreach (var (feed, record) in polls)
        {
            if (record.NotBefore is not { } until) continue;
            await session.ExecuteAsync("update feeds set not_before = case when not_before > @Until then not_before else @Until end where domain = @Domain", new { Until = until.ToUnixTimeMilliseconds(), Domain = RetryScope.Of(feed.Url) });
        }
    }

    private static object Row(Guid id, PollRecord record) => new
    {
        Id = id,
        record.Validators.ETag,
        record.Validators.LastModified,
        NextPollAt = record.NextPollAt.ToUnixTimeMilliseconds(),
        Gone = record.Gone ? 1 : 0,
        PolledAt = record.PolledAt.ToUnixTimeMilliseconds(),
        SucceededAt = record.Failure is null ? record.PolledAt.ToUnixTimeMilliseconds() : (long?)null,
        record.Failures,
        record.Level,
        record.Failure,
        RhythmMs = (long?)record.Rhythm?.TotalMilliseconds,
        NewestAt = record.NewestAt?.ToUnixTimeMilliseconds(),
        GapMs = (long)record.Hints.Gap.TotalMilliseconds,
        record.Hints.SkipHours,
        record.Hints.SkipDays,
        MovedTo = record.Move?.To.AbsoluteUri,
        MovedSeen = record.Move?.Seen ?? 0,
        MovedAt = record.Move?.At.ToUnixTimeMilliseconds(),
        record.Repairs,
    };

    /// <summary>The feed lives at another address for good. Its past stays with it; its id stays that of the list's line.</summary>
    /// <returns>False where another feed of the list is polled there already.</returns>
    public static async Task<bool> MoveAsync(Session session, Guid feed, Uri to) => await session.ExecuteAsync(
        "update feeds set url = @Url, host = @Host, domain = @Domain, moved_to = null, moved_seen = 0, moved_at = null where id = @Id and not exists (select 1 from feeds other where other.url = @Url)",
        new { Id = feed, Url = to.AbsoluteUri, to.Host, Domain = RetryScope.Of(to) }) > 0;

    private sealed class FeedRow
    {
        public Guid Id { get; init; }
        public string Url { get; init; } = "";
        public string Name { get; init; } = "";
        public string? Language { get; init; }
        public string? Country { get; init; }
        public long? Interval_Ms { get; init; }
        public string? Cron { get; init; }
        public string? Auth { get; init; }
        public string? ETag { get; init; }
        public string? Last_Modified { get; init; }
        public int Failures { get; init; }
        public string? Failure { get; init; }
        public int Level { get; init; }
        public long? Succeeded_At { get; init; }
        public long? Rhythm_Ms { get; init; }
        public long? Newest_At { get; init; }
        public long Gap_Ms { get; init; }
        public int Skip_Hours { get; init; }
        public int Skip_Days { get; init; }
        public string? Moved_To { get; init; }
        public int Moved_Seen { get; init; }
        public long? Moved_At { get; init; }
        public bool Shares_Host { get; init; }
        public long? Host_Polled_At { get; init; }

        public Feed ToFeed() => new()
        {
            Id = Id,
            Url = new Uri(Url),
            Name = Name,
            Language = Language,
            Country = Country,
            Interval = Span(Interval_Ms),
            Cron = Cron,
            Auth = Auth is null ? null : JsonSerializer.Deserialize<FeedAuth>(Auth),
            IsAloneOnHost = !Shares_Host,
            HostPolledAt = Time(Host_Polled_At),
            Validators = new Validators(ETag, Last_Modified),
            Failures = Failures,
            Failure = Failure,
            Level = Level,
            SucceededAt = Time(Succeeded_At),
            Rhythm = Span(Rhythm_Ms),
            NewestAt = Time(Newest_At),
            Hints = new PollHints(TimeSpan.FromMilliseconds(Gap_Ms), Skip_Hours, Skip_Days),
            Move = Moved_To is null ? null : new PermanentMove(new Uri(Moved_To), Moved_Seen, Time(Moved_At) ?? DateTimeOffset.UnixEpoch),
        };

        private static TimeSpan? Span(long? ms) => ms is { } value ? TimeSpan.FromMilliseconds(value) : null;

        private static DateTimeOffset? Time(long? ms) => ms is { } value ? DateTimeOffset.FromUnixTimeMilliseconds(value) : null;
    }
}

/// <summary>How a poll ended.</summary>
internal sealed record PollRecord
{
    public required DateTimeOffset PolledAt { get; init; }
    public required DateTimeOffset NextPollAt { get; init; }
    public required Validators Validators { get; init; }
    public int Failures { get; init; }
    public int Level { get; init; }

    /// <summary>Why it failed; null where it did not.</summary>
    public string? Failure { get; init; }

    /// <summary>The status of the answer that was a failure; null where there was none.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>Nobody was asked: the feed is not to blame.</summary>
    public bool Unasked { get; init; }

    /// <summary>Articles that were new.</summary>
    public int NewArticles { get; init; }

    /// <summary>The server forbade to come back earlier (Retry-After); binds every feed of its <see cref="RetryScope"/>.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>410: never again.</summary>
    public bool Gone { get; init; }
    public TimeSpan? Rhythm { get; init; }
    public DateTimeOffset? NewestAt { get; init; }
    public PollHints Hints { get; init; } = PollHints.None;
    public PermanentMove? Move { get; init; }

    /// <summary>What had to be mended, a line each; null where this poll says nothing about it.</summary>
    public string? Repairs { get; init; }

    /// <summary>Whether all that the catalog knows of the feed stays as it is, but for its times: it succeeded as it did before.</summary>
    public bool ChangesNothing(Feed feed) =>
        (Failure, Failures, Level, NotBefore, Gone, Repairs) == (null, feed.Failures, feed.Level, null, false, null) && feed.Failure is null
        && (Validators, Rhythm, NewestAt, Hints, Move) == (feed.Validators, feed.Rhythm, feed.NewestAt, feed.Hints, feed.Move);
}
