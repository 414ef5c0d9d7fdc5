using FeedWatch.Chat.Routing;
using FeedWatch.Chat.Storing;

namespace FeedWatch.Chat.Muting;

/// <summary>Mutes of one chat store, set and looked at beside the process that posts from it.</summary>
/// <param name="place">Where the store lies.</param>
public sealed class MuteDesk(LedgerPlace place)
{
    /// <returns>Null where there is no store.</returns>
    /// <exception cref="LedgerUnavailableException">The store cannot be reached, is damaged or of another version.</exception>
    public IReadOnlyList<Mute>? Active(DateTimeOffset now) => place.Beside(readOnly: false, c => MuteBook.Active(c, now));

    /// <returns>False where there is no store.</returns>
    /// <exception cref="LedgerUnavailableException">The store cannot be reached, is damaged or of another version.</exception>
    public bool Set(Mute mute) => place.Beside(readOnly: false, c => MuteBook.Set(c, mute));

    /// <returns>Whether it stood.</returns>
    /// <exception cref="LedgerUnavailableException">The store cannot be reached, is damaged or of another version.</exception>
    public bool End(string what, string channel, DateTimeOffset now) => place.Beside(readOnly: false, c => MuteBook.End(c, what, channel, now));

    /// <summary>Incidents that were told from this store and whose id begins so.</summary>
    /// <exception cref="LedgerUnavailableException">The store cannot be reached, is damaged or of another version.</exception>
    public IReadOnlyList<Guid> IncidentsNamed(string beginning) => place.Beside(readOnly: false, c => Followed.Named(c, beginning)) ?? [];
}
