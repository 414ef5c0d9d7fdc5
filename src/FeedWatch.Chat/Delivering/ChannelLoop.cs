using System.Text.Json;
using FeedWatch.Chat.Channels;
using FeedWatch.Chat.Storing;
using FeedWatch.Contracts;
using Microsoft.Extensions.Logging;

namespace FeedWatch.Chat.Delivering;

/// <summary>Posts the deliveries of one channel, oldest first. One that fails is tried again before any later one, so that the order stands.</summary>
internal sealed partial class ChannelLoop(IChatChannel channel, DeliveryLedger ledger, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan OfNoAccount = TimeSpan.FromSeconds(5); // a clock that is set back by less

    /// <summary>How long what another process did may lie unnoticed: a retry by an operator, or the end of the bot that posted here before.</summary>
    public static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(5);

    /// <summary>How long a channel that only a person can mend is left alone: some chats lock out an address that goes on with a wrong token.</summary>
    internal static readonly TimeSpan Rest = TimeSpan.FromMinutes(15);

    /// <summary>One that takes longer hangs: an answer is waited for half a minute, a mail server a minute, and no post is more than a few requests.</summary>
    internal static readonly TimeSpan LongestPost = TimeSpan.FromMinutes(10);

    private readonly NextMove life = new(time);

    /// <summary>Of this process only: a restart tries at once.</summary>
    private Resting? resting;

    public string Channel => channel.Name;

    /// <summary>Whether it is left alone, so that what is meant for it waits.</summary>
    public bool Rests => Volatile.Read(ref resting) is { } now && now.Until > time.GetUtcNow();

    /// <summary>How long the loop should have moved again; zero or less while all is well with it.</summary>
    public TimeSpan Overdue => life.Overdue;

    /// <param name="stopping">Nothing new is begun after it.</param>
    /// <param name="abandon">Cuts off a post that is under way.</param>
    public async Task RunAsync(CancellationToken stopping, CancellationToken abandon)
    {
        while (!stopping.IsCancellationRequested)
        {
            life.Within(TimeSpan.Zero);
            try
            {
                if (await ledger.CanRecordAsync(stopping)) await StepAsync(stopping, abandon);
                else await PauseAsync(stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (LedgerFailedException) when (!ledger.Health.CanRecord)
            {
                await PauseAsync(stopping); // said once, for all channels
            }
#pragma warning disable CA1031 // the edge: whatever happens here must not end posting for good
            catch (Exception ex)
#pragma warning restore CA1031
            {
                Log.Broken(logger, ex, channel.Name);
                await PauseAsync(stopping);
            }
        }
    }

    private async Task PauseAsync(CancellationToken stopping)
    {
        life.Within(AfterFault);
        await Task.Delay(AfterFault, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        life.Within(TimeSpan.Zero);
    }

    private async Task StepAsync(CancellationToken stopping, CancellationToken abandon)
    {
        var changed = ledger.Changed;
        await ledger.ReleaseAsync(channel.Name, stopping);
        var next = await ledger.NextAsync(channel.Name, stopping);
        if (next is null || !await ledger.HoldAsync(channel.Name, stopping))
        {
            life.Within(LookAgain);
            await ledger.WaitAsync(changed, LookAgain, stopping);
            return;
        }

        if (next.ChangedAt - time.GetUtcNow() > OfNoAccount && next.DueAt > next.ChangedAt)
        {
            await ledger.RebaseAsync(next, stopping);
            return;
        }

        var dueAt = resting is { } rest && rest.Until > next.DueAt ? rest.Until : next.DueAt;
        var wait = dueAt - time.GetUtcNow();
        if (wait > TimeSpan.Zero)
        {
            life.Within(LookAgain);
            var due = Task.Delay(wait < LookAgain ? wait : LookAgain, time, stopping);
            if (time.GetUtcNow() < dueAt) await due; // else the clock was put forward while the delay was set, which would count from there
            return;
        }

        var ready = channel.ReadyAsync(stopping);
        if (ready.IsCompletedSuccessfully) await DeliverAsync(next, stopping, abandon);
        else await LetPassAsync(ready); // and look again: meanwhile it may have been dropped
    }

    // A chat may ask for a day of patience.
    private async Task LetPassAsync(Task wait)
    {
        while (!wait.IsCompleted)
        {
            life.Within(LookAgain);
            await Task.WhenAny(wait, Task.Delay(LookAgain, time));
        }

        await wait;
    }

    private async Task DeliverAsync(OpenDelivery next, CancellationToken stopping, CancellationToken abandon)
    {
        if (next.Interrupted && next.Tries >= RetryDelay.MostTries)
        {
            await GiveUpAsync(next, "every try was cut off.", perhapsSent: true, abandon);
            return;
        }

        FaultPoint.Pass("delivery-due");
        if (!await ledger.SendingAsync(next, abandon)) return;
        FaultPoint.Pass("intent-stored");
        life.Within(LongestPost);
        var (result, incident) = await SendAsync(next, abandon);
        life.Within(TimeSpan.Zero);
        FaultPoint.Pass("sent");
        next = next with { Tries = next.Tries + 1 };
        while (true)
        {
            try
            {
                await WriteDownAsync(next, result, incident, abandon);
                FaultPoint.Pass("sent-recorded");
                return;
            }
            catch (LedgerFailedException) when (!stopping.IsCancellationRequested)
            {
                await PauseAsync(stopping); // what became of it is known here and nowhere else: without it, it would be posted again
            }
        }
    }

    private async Task WriteDownAsync(OpenDelivery next, SendResult result, Guid? incident, CancellationToken abandon)
    {
        var perhapsSent = next.Interrupted || result is SendResult.RetryLater { PerhapsSent: true };
        switch (result)
        {
            case SendResult.Sent sent:
                await ledger.SentAsync(next.Seq, sent, channel.Name, incident, abandon);
                Recovered();
                Log.Sent(logger, next.EventId, channel.Name);
                if (sent.PossiblyRepeated) Log.PossiblyRepeated(logger, next.EventId, channel.Name);
                if (sent.Note is { } note) Log.SentBut(logger, next.EventId, channel.Name, note);
                break;
            case SendResult.Refused refused:
                Recovered(); // it answers, and takes the next one perhaps
                await GiveUpAsync(next, refused.Why, perhapsSent, abandon);
                break;
            case SendResult.Broken broken:
                if (resting?.Why != broken.Why) Log.Broke(logger, channel.Name, broken.Why, Rest);
                var now = time.GetUtcNow();
                Volatile.Write(ref resting, new Resting(resting?.Since ?? now, now + Rest, broken.Why));
                await ledger.PutBackAsync(next, broken.Why, perhapsSent, abandon);
                break;
            case SendResult.RetryLater later when next.Tries >= RetryDelay.MostTries:
                await GiveUpAsync(next, $"{later.Why} ({next.Tries} tries)", perhapsSent, abandon);
                break;
            case SendResult.RetryLater later:
                var delay = RetryDelay.After(next.Tries, later.After);
                await ledger.RetryAsync(next, time.GetUtcNow() + delay, later.Why, perhapsSent, abandon);
                Log.WillRetry(logger, channel.Name, next.EventId, later.Why, delay);
                break;
        }
    }

    /// <summary>What became of it, and the incident that it was about.</summary>
    private async Task<(SendResult Result, Guid? Incident)> SendAsync(OpenDelivery next, CancellationToken abandon)
    {
        Guid? about = null;
        try
        {
            var @event = EventJson.Deserialize(next.Body);
            var incident = @event as IncidentEvent;
            about = incident?.IncidentId;
            var earlier = incident is null ? null : await ledger.EarlierAsync(channel.Name, incident, abandon);
            return (await channel.SendAsync(new Delivery { Event = @event, Interrupted = next.Interrupted, Earlier = earlier }, abandon), about);
        }
        catch (JsonException ex)
        {
            return (new SendResult.Refused($"this version cannot read the event: {ex.Message}"), null);
        }
        catch (OperationCanceledException) when (abandon.IsCancellationRequested)
        {
            throw; // the intent stays, and the next start takes it up
        }
#pragma warning disable CA1031 // the edge to a channel: whatever it throws, the other channels and the next try go on
        catch (Exception ex)
#pragma warning restore CA1031
        {
            Log.Threw(logger, ex, channel.Name, next.EventId);
            return (new SendResult.RetryLater(null, ex.Message) { PerhapsSent = true }, about);
        }
    }

    private void Recovered()
    {
        if (resting is { } over) Log.Mended(logger, channel.Name, over.Since);
        Volatile.Write(ref resting, null);
    }

    private async Task GiveUpAsync(OpenDelivery next, string why, bool perhapsSent, CancellationToken abandon)
    {
        await ledger.BuryAsync(next, why, perhapsSent, abandon);
        Log.GaveUp(logger, next.EventId, channel.Name, why);
    }

    private sealed record Resting(DateTimeOffset Since, DateTimeOffset Until, string Why);

    private static partial class Log
    {
        [LoggerMessage(EventId = 700, Level = LogLevel.Debug, Message = "Posted {Id} to {Channel}.")]
        public static partial void Sent(ILogger logger, Guid id, string channel);

        [LoggerMessage(EventId = 701, Level = LogLevel.Warning, Message = "Channel {Channel} did not take {Id}: {Why} Next try in {Delay}.")]
        public static partial void WillRetry(ILogger logger, string channel, Guid id, string why, TimeSpan delay);

        [LoggerMessage(EventId = 702, Level = LogLevel.Error, Message = "Gave up posting {Id} to channel {Channel}: {Why} Mend the channel (section Chat of the settings), then have it posted with 'feedwatch outbox retry {Id}'; 'feedwatch outbox list' shows all such posts.")]
        public static partial void GaveUp(ILogger logger, Guid id, string channel, string why);

        [LoggerMessage(EventId = 704, Level = LogLevel.Error, Message = "Channel {Channel} takes nothing: {Why} Mend it, in the chat or in section Chat of the settings (a changed file is taken up by itself); until then all that is meant for it waits, and it is tried again every {Every}.")]
        public static partial void Broke(ILogger logger, string channel, string why, TimeSpan every);

        [LoggerMessage(EventId = 705, Level = LogLevel.Information, Message = "Channel {Channel}, which took nothing since {Since}, takes posts again.")]
        public static partial void Mended(ILogger logger, string channel, DateTimeOffset since);

        [LoggerMessage(EventId = 703, Level = LogLevel.Warning, Message = "Channel {Channel} failed while posting {Id}; it may or may not have been posted.")]
        public static partial void Threw(ILogger logger, Exception exception, string channel, Guid id);

        [LoggerMessage(EventId = 707, Level = LogLevel.Warning, Message = "Posted {Id} to channel {Channel} marked as possibly repeated: an earlier try was cut off, and the channel cannot be asked whether it went through.")]
        public static partial void PossiblyRepeated(ILogger logger, Guid id, string channel);

        [LoggerMessage(EventId = 708, Level = LogLevel.Warning, Message = "Posted {Id} to channel {Channel}, but {Note}")]
        public static partial void SentBut(ILogger logger, Guid id, string channel, string note);

        [LoggerMessage(EventId = 706, Level = LogLevel.Error, Message = "Posting to channel {Channel} broke; it is tried again in a few seconds.")]
        public static partial void Broken(ILogger logger, Exception exception, string channel);
    }
}
