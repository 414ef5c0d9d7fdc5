namespace FeedWatch.EndToEnd.Crashing;

/// <summary>Every place at which a process can be made to die, by what must be running for an event to pass there.</summary>
internal static class FaultPoints
{
    /// <summary>In a bot, with RabbitMQ before it.</summary>
    public static readonly string[] OfBot = ["received", "deliveries-written", "not-yet-acknowledged", "delivery-due", "intent-stored", "sent", "sent-recorded"];

    /// <summary>With channels in the service, in the order in which an article passes them.</summary>
    public static readonly string[] OfService =
    [
        "claimed", "fetched", "parsed", "looked", "examined", "transaction-begun", "article-taken", "articles-kept", "outbox-filled", "feed-recorded", "committed", "window-closed",
        "outbox-read", "on-the-memory-bus", .. OfBot, "published", "batch-published", "marked-sent",
    ];

    /// <summary>In a service that publishes to RabbitMQ, behind the poll.</summary>
    public static readonly string[] OfPublisher = ["topology-declared", "outbox-read", "published", "batch-published", "marked-sent"];

    /// <summary>In a bot that has something to tell on the bus itself.</summary>
    public const string OfAnnouncer = "announced";

    /// <summary>Where a start brings the database of an earlier version up to date.</summary>
    public const string OfUpgrade = "script";

    /// <summary>Where a start takes what was posted from a file to a server.</summary>
    public static readonly string[] OfMove = ["carrying-over", "carried-over"];

    public static IEnumerable<string> All => OfService.Concat(OfPublisher).Append(OfAnnouncer).Append(OfUpgrade).Concat(OfMove).Distinct();
}
