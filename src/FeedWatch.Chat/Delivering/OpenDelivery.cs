namespace FeedWatch.Chat.Delivering;

/// <summary>A delivery that is not done with.</summary>
/// <param name="Seq">Its place in the order of posting.</param>
/// <param name="EventId">The event that it delivers.</param>
/// <param name="Body">The event as JSON.</param>
/// <param name="Tries">How often it was tried.</param>
/// <param name="DueAt">Not to be tried before; long past for a first try.</param>
/// <param name="ChangedAt">When it was last touched; later than now where the clock was set back since.</param>
/// <param name="Interrupted">A try began and its outcome is unknown.</param>
internal sealed record OpenDelivery(long Seq, Guid EventId, string Body, int Tries, DateTimeOffset DueAt, DateTimeOffset ChangedAt, bool Interrupted);

/// <summary>How posting stands.</summary>
/// <param name="Sent">Posts since this process started.</param>
/// <param name="GivenUp">Deliveries that this process gave up; <c>feedwatch outbox</c> shows them.</param>
/// <param name="Waiting">Deliveries that failed or wait behind one that failed, and will be tried again.</param>
public sealed record DeliveryTotals(int Sent, int GivenUp, int Waiting)
{
    /// <summary>Every delivery was made.</summary>
    public bool AllSent => GivenUp == 0 && Waiting == 0;

    /// <summary>Posts of all time that may stand in their channel twice and say so, as long as the ledger remembers them.</summary>
    public int PossiblyRepeated { get; init; }
}
