using System.Data.Common;
using Dapper;
using FeedWatch.Chat.Holding;
using FeedWatch.Chat.Muting;
using FeedWatch.Chat.Routing;
using FeedWatch.Contracts;

namespace FeedWatch.Chat.Delivering;

/// <summary>Puts an event down for each channel that it goes to: to be posted now, when the channel's quiet hours end, or, where it is muted, never.</summary>
internal sealed class Intake(Routes routes)
{
    private const string AddDelivery =
        """
        insert into delivery (event_id, channel, state, due_at, reason, changed_at) values (@id, @channel, @state, @due, @reason, @now)
        on conflict do nothing
        """;

    /// <param name="connection">The ledger's.</param>
    /// <param name="transaction">In which the event itself was written.</param>
    /// <param name="event">One that may have been put down before: then nothing changes.</param>
    /// <param name="now">By the wall clock.</param>
    public async Task AddAsync(DbConnection connection, DbTransaction transaction, FeedWatchEvent @event, DateTimeOffset now)
    {
        var facts = EventFacts.Of(@event);
        var followers = await Followed.ChannelsAsync(connection, transaction, facts.Incidents);
        var mutes = await MuteBook.ActiveAsync(connection, transaction, now);
        foreach (var channel in routes.ChannelsFor(@event, facts, followers))
        {
            if (Mute.For(@event, facts, channel, mutes) is { } mute)
            {
                if (await AddAsync("dropped", "muted")) await MuteBook.CountAsync(connection, transaction, mute);
                continue;
            }

            var quietUntil = routes.QuietOf(channel) is { } quiet && !(quiet.BreakingPasses && IsBreakingNews(@event, facts, followers.GetValueOrDefault(channel))) ? quiet.EndAt(now) : null;
            if (quietUntil is { } end)
            {
                await AddAsync(HeldPosts.State, HeldPosts.Why, end);
            }
            else
            {
                await HeldPosts.ReleaseAsync(connection, transaction, channel, now.ToUnixTimeMilliseconds(), facts.Incidents); // a first post comes before its update
                await AddAsync("pending");
            }

            if (@event is not ArticleMatched) await Followed.AddAsync(connection, transaction, facts.Incidents, channel, quietUntil is null ? facts.Severity : null, now.ToUnixTimeMilliseconds());

            async Task<bool> AddAsync(string state, string? reason = null, DateTimeOffset? due = null) => await connection.ExecuteAsync(
                AddDelivery,
                new { id = $"{@event.Id}", channel, state, due = due?.ToUnixTimeMilliseconds() ?? 0, reason, now = now.ToUnixTimeMilliseconds() },
                transaction) > 0;
        }
    }

    /// <summary>Not what is new about an incident that the channel knows to be breaking.</summary>
    private static bool IsBreakingNews(FeedWatchEvent @event, EventFacts facts, Severity? told) =>
        @event is IncidentDetected or IncidentUpdated or BurstSummary && facts.Severity is Severity.Breaking && told is not Severity.Breaking;
}
