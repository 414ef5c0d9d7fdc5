using Microsoft.Extensions.Logging;

namespace FeedWatch.Fetching;

/// <summary>
/// What the clocks of other machines say of this one's, which may be years away where a battery is empty. The age of an article decides
/// whether it is told, so that a wrong clock is silent otherwise.
/// </summary>
/// <param name="time">This machine's.</param>
/// <param name="logger">Null where a command asks once and nobody waits.</param>
internal sealed partial class ServerClocks(TimeProvider time, ILogger<ServerClocks>? logger)
{
    /// <summary>One server may be wrong itself.</summary>
    private const int Enough = 3;

    private static readonly TimeSpan OfNoAccount = TimeSpan.FromHours(12); // those who write local time for GMT
    private int against;

    /// <summary>What this machine's clock says; null while several servers in a row say otherwise, when nothing should be forgotten by it.</summary>
    public DateTimeOffset? Trusted => Volatile.Read(ref against) < Enough ? time.GetUtcNow() : null;

    /// <summary>An answer has come. Said once for each time that several in a row disagree.</summary>
    public void Hear(HttpResponseMessage answer)
    {
        if (logger is null || answer.Headers.Date is not { } theirs || answer.Headers.Age > TimeSpan.Zero) return; // a cache hands on the date that it got
        var ours = time.GetUtcNow();
        if ((theirs - ours).Duration() < OfNoAccount) Interlocked.Exchange(ref against, 0);
        else if (Interlocked.Increment(ref against) == Enough) Log.Wrong(logger, ours, theirs);
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 223, Level = LogLevel.Error, Message = "This machine's clock says {Ours:u}, and the servers that are asked say {Theirs:u}. Set it (timedatectl set-ntp true): by it FeedWatch judges which articles are too old to be told, and which certificates are valid. Until it is right nothing old is forgotten.")]
        public static partial void Wrong(ILogger logger, DateTimeOffset ours, DateTimeOffset theirs);
    }
}
