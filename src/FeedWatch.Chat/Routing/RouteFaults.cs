using System.Globalization;
using FeedWatch.Contracts;

namespace FeedWatch.Chat.Routing;

/// <summary>What is wrong with the routes of the settings; one line for each fault, which begins with the setting.</summary>
internal static class RouteFaults
{
    public static IEnumerable<string> Of(ChatOptions options)
    {
        var names = options.Channels.Select(c => c.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return options.Routes.SelectMany((route, i) => Of(route, $"Chat:Routes:{i}", names));
    }

    private static IEnumerable<string> Of(RouteOptions route, string setting, HashSet<string> channels)
    {
        foreach (var (fault, i) in route.Events.Select((pattern, i) => (OfPattern(pattern), i)).Where(f => f.Item1 is not null))
            yield return $"{setting}:Events:{i} '{route.Events[i]}' {fault}";
        for (var i = 0; i < route.Networks.Count; i++)
        {
            if (RoutingKey.Slug(route.Networks[i]) == RoutingKey.None)
                yield return $"{setting}:Networks:{i} '{route.Networks[i]}' is no name of a network; write for example Sky ECC or sky-ecc.";
        }

        for (var i = 0; i < route.Countries.Count; i++)
        {
            if (!Codes.IsCountry(route.Countries[i]))
                yield return $"{setting}:Countries:{i} '{route.Countries[i]}' is no country{(route.Countries[i].Equals("UK", StringComparison.OrdinalIgnoreCase) ? "; the United Kingdom is GB." : "; write its two letters after ISO 3166, for example NL.")}";
        }

        for (var i = 0; i < route.Languages.Count; i++)
        {
            if (!Codes.IsLanguage(route.Languages[i]))
                yield return $"{setting}:Languages:{i} '{route.Languages[i]}' is no language; write its two letters after ISO 639, for example nl.";
        }

        if (route.MinimumScore is < 0 or > 1 or double.NaN)
            yield return $"{setting}:MinimumScore {route.MinimumScore.Value.ToString(CultureInfo.InvariantCulture)} must lie between 0 and 1.";
        for (var i = 0; i < route.Channels.Count; i++)
        {
            if (!channels.Contains(route.Channels[i]))
                yield return $"{setting}:Channels:{i} '{route.Channels[i]}' is no channel; there are: {string.Join(", ", channels)}.";
        }
    }

    private static string? OfPattern(string pattern)
    {
        if (pattern.Length == 0 || pattern.Any(c => !char.IsAsciiLetter(c) && c is not ('.' or '*')))
            return "is no event pattern; write for example incident.* or burst.summary.";
        return EventTypes.All.Keys.Any(type => System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern, type))
            ? null
            : $"leads to no event; there are: {string.Join(", ", EventTypes.All.Keys)}.";
    }
}
