using FeedWatch.Chat.Routing;
using FeedWatch.Contracts;

namespace FeedWatch.Chat.Muting;

/// <summary>Something that a channel, or every channel, is not to hear of for a time.</summary>
/// <param name="What"><c>network:SLUG</c>, <c>incident:ID</c> or <c>all</c>.</param>
/// <param name="Channel">The channel's name; empty for every channel.</param>
/// <param name="Since">When it was muted.</param>
/// <param name="Until">When it ends by itself.</param>
/// <param name="Kept">How many posts it has kept away.</param>
public sealed record Mute(string What, string Channel, DateTimeOffset Since, DateTimeOffset Until, int Kept = 0)
{
    public const string Everything = "all";
    private const string OfNetwork = "network:";
    private const string OfIncident = "incident:";

    /// <param name="name">A network's name or slug.</param>
    public static string Network(string name) => OfNetwork + RoutingKey.Slug(name);

    public static string Incident(Guid id) => OfIncident + id;

    /// <summary>
    /// Whether it keeps an event away from a channel. An incident is muted with its network when every network that it is about is. That an
    /// incident was wrong is told all the same: what was posted of it still stands there.
    /// </summary>
    internal static Mute? For(FeedWatchEvent @event, EventFacts facts, string channel, IReadOnlyList<Mute> mutes)
    {
        var here = mutes.Where(m => m.Channel.Length == 0 || m.Channel.Equals(channel, StringComparison.OrdinalIgnoreCase)).ToList();
        if (here.Find(m => m.What == Everything) is { } everything) return everything;
        if (@event is IncidentRetracted) return null;
        return All(facts.Networks ?? [], Network) ?? All(@event is BurstSummary ? facts.Incidents : [.. facts.Incidents.Take(1)], Incident);

        Mute? All<T>(IReadOnlyList<T> things, Func<T, string> name)
        {
            var found = things.Select(t => here.Find(m => m.What == name(t))).ToList();
            return found.Count > 0 && found.TrueForAll(m => m is not null) ? found[0] : null;
        }
    }
}
