using System.IO.Enumeration;
using FeedWatch.Contracts;

namespace FeedWatch.Chat.Routing;

/// <summary>One route of the settings, ready to be asked.</summary>
internal sealed class Route(RouteOptions options)
{
    private readonly string[] networks = [.. options.Networks.Select(RoutingKey.Slug)];

    public bool LeadsTo(string channel) => options.Channels.Count == 0 || options.Channels.Contains(channel, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether its events are meant, whatever the conditions say.</summary>
    public bool Names(string type) => options.Events.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, type));

    public bool Suits(EventFacts facts) =>
        (options.MinimumSeverity is not { } severity || facts.Severity is not { } is_ || is_ >= severity)
        && (options.MinimumScore is not { } score || facts.Score is not { } has || has >= score)
        && (options.Labels.Count == 0 || facts.Label is not { } label || options.Labels.Contains(label))
        && IsAmong(networks, facts.Networks)
        && IsAmong(options.Countries, facts.Countries)
        && IsAmong(options.Languages, facts.Languages)
        && IsAmong(options.Digests, facts.Digests);

    private static bool IsAmong(ICollection<string> wanted, IReadOnlyList<string>? has) =>
        wanted.Count == 0 || has is null || has.Any(value => wanted.Contains(value, StringComparer.OrdinalIgnoreCase));
}
