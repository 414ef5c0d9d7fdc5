using FeedWatch.Chat.Posts;
using FeedWatch.Contracts;

namespace FeedWatch.Chat.Channels;

/// <summary>A place that alerts are posted to. Each channel has one caller, which sends one delivery at a time, oldest first.</summary>
internal interface IChatChannel
{
    /// <summary>Unique among the channels; the ledger keeps deliveries under it.</summary>
    string Name { get; }

    /// <summary>Whether a routed event is for this kind of channel. Chats leave alone what a <c>burst.summary</c> tells them.</summary>
    bool Wants(FeedWatchEvent @event) => @event is not IncidentEvent { FoldedInto: not null };

    /// <summary>Completes when the channel's pace allows the next post. Nothing is on its way before, so that it may be cut off.</summary>
    Task ReadyAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Posts it. What goes wrong in an expected way is a <see cref="SendResult"/>; an exception leaves open whether it was posted.</summary>
    Task<SendResult> SendAsync(Delivery delivery, CancellationToken cancellationToken);

    /// <summary>Exactly what <see cref="SendAsync"/> would post, one text for each request; nothing is sent.</summary>
    IReadOnlyList<string> Preview(Delivery delivery);
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

    /// <summary>
    /// What this channel called the first post of the event's incident (<see cref="SendResult.Sent.Reference"/>), to edit it or to answer below
    /// it; of an incident that was merged into it, where it has none of its own. Null where there is none.
    /// </summary>
    public string? Earlier { get; init; }

    /// <summary>How the channel speaks, as its settings say.</summary>
    public Voice Voice { get; init; } = Voice.Default;

    /// <summary>The event as it is to be read on the channel: what every chat makes its posts of.</summary>
    public Post Post(bool possiblyRepeated = false) => Voice.Say(Event, possiblyRepeated);
}

/// <summary>What became of a post.</summary>
internal abstract record SendResult
{
    private SendResult()
    {
    }

    /// <param name="Reference">
    /// What later posts of the incident refer to, kept over restarts and given back as <see cref="Delivery.Earlier"/>: the first post, which an
    /// edit or an answer below it leaves as it is. Null where there is nothing to refer to.
    /// </param>
    /// <param name="PossiblyRepeated">It may stand there twice and says so: the try before was cut off, and this channel cannot look.</param>
    internal sealed record Sent(string? Reference, bool PossiblyRepeated = false) : SendResult
    {
        /// <summary>What the operator is to know of it, for the log, without secrets; null where there is nothing.</summary>
        public string? Note { get; init; }
    }

    /// <param name="After">How long the chat asked to be left alone; null where it did not say.</param>
    /// <param name="Why">For the log and the ledger, in plain words and without secrets.</param>
    internal sealed record RetryLater(TimeSpan? After, string Why) : SendResult
    {
        /// <summary>It may have been posted all the same: the answer got lost.</summary>
        public bool PerhapsSent { get; init; }
    }

    /// <summary>This one post is not taken; the next one may be.</summary>
    /// <param name="Why">Why trying again is pointless, in plain words and without secrets.</param>
    internal sealed record Refused(string Why) : SendResult;

    /// <summary>
    /// Nothing is taken until a person mends the channel: its token is wrong, its webhook was deleted. The channel rests, and all that is
    /// meant for it waits.
    /// </summary>
    /// <param name="Why">What is wrong, in plain words and without secrets.</param>
    internal sealed record Broken(string Why) : SendResult;
}
