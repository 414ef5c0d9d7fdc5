using FeedWatch.Contracts;

namespace FeedWatch.Chat.Channels;

/// <summary>A place that alerts are posted to. Each channel has one caller, which sends one delivery at a time, oldest first.</summary>
internal interface IChatChannel
{
    /// <summary>Unique among the channels; the ledger keeps deliveries under it.</summary>
    string Name { get; }

    /// <summary>Whether a routed event is for this kind of channel. Chats leave alone what a <c>burst.summary</c> tells them.</summary>
    bool Wants(FeedWatchEvent @event) => @event is not IncidentEvent { FoldedInto: not null };

    /// <summary>Posts it. What goes wrong in an expected way is a <see cref="SendResult"/>; an exception leaves open whether it was posted.</summary>
    Task<SendResult> SendAsync(Delivery delivery, CancellationToken cancellationToken);
}

/// <summary>One event on its way to one channel.</summary>
internal sealed record Delivery
{
    public required FeedWatchEvent Event { get; init; }

    /// <summary>
    /// True when an earlier try was cut off, so that it may have been posted already. A channel that can look does so;
    /// one that cannot posts it marked as possibly repeated.
    /// </summary>
    public bool Interrupted { get; init; }
}

/// <summary>What became of a post.</summary>
internal abstract record SendResult
{
    private SendResult()
    {
    }

    /// <param name="Reference">How the chat calls the post (a message id), for edits and threads; null where there is nothing to refer to.</param>
    /// <param name="PossiblyRepeated">It may stand there twice and says so: the try before was cut off, and this channel cannot look.</param>
    internal sealed record Sent(string? Reference, bool PossiblyRepeated = false) : SendResult;

    /// <param name="After">How long the chat asked to be left alone; null where it did not say.</param>
    /// <param name="Why">For the log and the ledger, in plain words.</param>
    internal sealed record RetryLater(TimeSpan? After, string Why) : SendResult;

    /// <param name="Why">Why trying again is pointless, in plain words.</param>
    internal sealed record Refused(string Why) : SendResult;
}
