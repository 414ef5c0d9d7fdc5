using FeedWatch.Storage;

namespace FeedWatch.Sources;

/// <summary>The feeds and when each one is due. Claims are leases in the database, so that no feed is polled twice at once.</summary>
internal sealed class FeedCatalog(Database database, TimeProvider time)
{
    private const string Columns = "id, url, name, language, country, interval_ms, etag, last_modified, failures, succeeded_at";

    /// <summary>Makes the catalog equal to the list. What polling learnt of a feed stays, also of one that left the list.</summary>
    public Task ReplaceAsync(IReadOnlyList<ListedFeed> feeds, CancellationToken cancellationToken) => database.WriteAsync(
        async session =>
        {
            await session.ExecuteAsync("update feeds set enabled = 0, leased_until = 0");
            await session.ExecuteAsync(
                """
                insert into feeds (id, url, host, name, language, country, interval_ms, enabled)
                values (@Id, @Url, @Host, @Name, @Language, @Country, @IntervalMs, @Enabled)
                on conflict (id) do update set name = excluded.name, language = excluded.language, country = excluded.country,
                    interval_ms = excluded.interval_ms, enabled = excluded.enabled
                """,
                feeds.Select(f => new
                {
                    f.Id, Url = f.Url.AbsoluteUri, f.Url.Host, f.Name, f.Language, f.Country, IntervalMs = (long?)f.Interval?.TotalMilliseconds, f.Enabled,
                }));
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
    public Task<IReadOnlyList<Feed>> ClaimAsync(int most, int perHost, TimeSpan lease, CancellationToken cancellationToken) => database.WriteAsync(
        async session =>
        {
            var now = time.GetUtcNow().ToUnixTimeMilliseconds();
            var rows = await session.QueryAsync<FeedRow>(
                $"""
                update feeds set leased_until = @Until where id in (
                    select id from (
                        select id, next_poll_at,
                            row_number() over (partition by host order by next_poll_at)
                                + (select count(*) from feeds busy where busy.host = due.host and busy.leased_until > @Now) as nth
                        from feeds due
                        where enabled = 1 and gone = 0 and next_poll_at <= @Now and not_before <= @Now and leased_until <= @Now)
                    where nth <= @PerHost order by next_poll_at limit @Most)
                returning {Columns}
                """,
                new { Now = now, Until = now + (long)lease.TotalMilliseconds, PerHost = perHost, Most = most });
            return (IReadOnlyList<Feed>)[.. rows.Select(r => r.ToFeed())];
        },
        cancellationToken);

    /// <summary>Writes down how a poll ended and when the next one is due, in the transaction that holds what it brought.</summary>
    public static Task RecordAsync(Session session, Guid feed, PollRecord record) => session.ExecuteAsync(
        """
        update feeds set etag = @ETag, last_modified = @LastModified, next_poll_at = @NextPollAt, not_before = @NotBefore, gone = @Gone,
            leased_until = 0, polled_at = @PolledAt, succeeded_at = coalesce(@SucceededAt, succeeded_at), failures = @Failures, failure = @Failure
        where id = @Id
        """,
        new
        {
            Id = feed,
            record.Validators.ETag,
            record.Validators.LastModified,
            NextPollAt = record.NextPollAt.ToUnixTimeMilliseconds(),
            NotBefore = record.NotBefore?.ToUnixTimeMilliseconds() ?? 0,
            record.Gone,
            PolledAt = record.PolledAt.ToUnixTimeMilliseconds(),
            SucceededAt = record.Failure is null ? record.PolledAt.ToUnixTimeMilliseconds() : (long?)null,
            record.Failures,
            record.Failure,
        });

    private sealed class FeedRow
    {
        public Guid Id { get; init; }
        public string Url { get; init; } = "";
        public string Name { get; init; } = "";
        public string? Language { get; init; }
        public string? Country { get; init; }
        public long? Interval_Ms { get; init; }
        public string? ETag { get; init; }
        public string? Last_Modified { get; init; }
        public int Failures { get; init; }
        public long? Succeeded_At { get; init; }

        public Feed ToFeed() => new()
        {
            Id = Id,
            Url = new Uri(Url),
            Name = Name,
            Language = Language,
            Country = Country,
            Interval = Interval_Ms is { } ms ? TimeSpan.FromMilliseconds(ms) : null,
            Validators = new Validators(ETag, Last_Modified),
            Failures = Failures,
            SucceededAt = Succeeded_At is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null,
        };
    }
}

/// <summary>How a poll ended.</summary>
/// <param name="NotBefore">The server forbade to come back earlier (Retry-After).</param>
/// <param name="Failure">Why it failed; null where it did not.</param>
internal sealed record PollRecord(
    DateTimeOffset PolledAt,
    DateTimeOffset NextPollAt,
    Validators Validators,
    int Failures = 0,
    string? Failure = null,
    DateTimeOffset? NotBefore = null,
    bool Gone = false);
