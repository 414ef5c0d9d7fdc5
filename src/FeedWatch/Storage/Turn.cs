namespace FeedWatch.Storage;

/// <summary>Work that one node does at a time, where several share a database.</summary>
internal enum Turn
{
    /// <summary>Bringing the schema up to date.</summary>
    Upgrading = 1,

    /// <summary>Choosing which feeds to poll: how many of a host are out must not change meanwhile.</summary>
    Claiming,

    /// <summary>Changing incidents: two reports of one takedown must find each other.</summary>
    Linking,

    /// <summary>Carrying events to the bus: each one once, and in order.</summary>
    Relaying,

    /// <summary>Forgetting what is old.</summary>
    Sweeping,
}

/// <summary>Turns as PostgreSQL's advisory locks, which go with the connection: those of a process that was killed are free again.</summary>
internal static class TurnLock
{
    public const string Transaction = "select 1 from (select pg_advisory_xact_lock(@Space, @Turn)) taken";
    public const string Take = "select pg_advisory_lock(@Space, @Turn)";
    public const string Release = "select pg_advisory_unlock(@Space, @Turn)";

    private const int Space = 0x46574348; // FWCH: apart from the locks of other programs in the same database

    public static object Of(Turn turn) => new { Space, Turn = (int)turn };
}
