using System.Globalization;

namespace FeedWatch.Commands.Etiquette;

/// <summary>
/// The rules of polite polling, each judged by what the origin saw. After Rachel Kroll's feed reader score and the reports of
/// publishers (miniflux #2675, FreshRSS #6056, feedbin #726).
/// </summary>
internal static class EtiquetteChecks
{
    private static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15);

    public static IReadOnlyList<Judged> Judge(EtiquetteOrigin origin, DateTimeOffset restartedAt, DateTimeOffset end)
    {
        var plain = origin.Of("plain");
        var changing = origin.Of("changing");
        var offers = origin.Of("offers");
        return
        [
            Rule("asks unconditionally once", plain.Count(a => a.Header("If-None-Match") == "") == 1, $"{plain.Count} requests, {plain.Count(a => a.Header("If-None-Match") == "")} unconditional"),
            Rule("If-None-Match is the ETag, with its quotes", plain.Skip(1).All(a => a.Header("If-None-Match") == "\"one\""), plain[^1].Header("If-None-Match")),
            Rule("If-Modified-Since is Last-Modified, byte for byte", plain.Skip(1).All(a => a.Header("If-Modified-Since") == "Tue, 8 Jun 2021 09:30:00 +0000"), plain[^1].Header("If-Modified-Since")),
            Rule("takes the new ETag although Last-Modified is the old one", changing.Zip(changing.Skip(1)).All(p => p.Second.Header("If-None-Match").Length > 0) && changing.Select(a => a.Header("If-None-Match")).Distinct().Count() > 10, $"{changing.Select(a => a.Header("If-None-Match")).Distinct().Count()} different ETags sent"),
            Rule("takes the ETag that a 304 offers", offers.Skip(1).Select((a, i) => a.Header("If-None-Match") == $"W/\"offer {i}\"").All(x => x), offers[^1].Header("If-None-Match")),
            Rule("keeps no validators of what is no feed", origin.Of("page").All(a => a.Header("If-None-Match") == ""), $"{origin.Of("page").Count} requests"),
            Rule("never more often than every 15 minutes", LeastGap(plain) >= Quarter, $"least gap {Text(LeastGap(plain))}"),
            Rule("a feed without validators every hour at most", LeastGap(origin.Of("unmarked")) >= TimeSpan.FromHours(1), $"least gap {Text(LeastGap(origin.Of("unmarked")))}"),
            Rule("Cache-Control: max-age is a lower bound", LeastGap(origin.Of("fresh")) >= TimeSpan.FromHours(2), $"max-age 2 h, least gap {Text(LeastGap(origin.Of("fresh")))}"),
            Rule("ttl is a lower bound", LeastGap(origin.Of("ttl")) >= TimeSpan.FromHours(3), $"ttl 3 h, least gap {Text(LeastGap(origin.Of("ttl")))}"),
            Rule("a restart polls nothing early", LeastGap([.. plain.Where(a => Near(a.At, restartedAt))]) >= Quarter, $"restarted once, least gap there {Text(LeastGap([.. plain.Where(a => Near(a.At, restartedAt))]))}"),
            Rule("429: waits as long as it is told", origin.Of("busy") is [var first, var second, ..] && second.At - first.At >= TimeSpan.FromHours(2), $"Retry-After 2 h, came back after {Text(LeastGap([.. origin.Of("busy").Take(2)]))}"),
            Rule("503: waits until the date it is told", origin.Of("away") is [var one, var two, ..] && two.At - one.At >= TimeSpan.FromHours(3), $"Retry-After in 3 h, came back after {Text(LeastGap([.. origin.Of("away").Take(2)]))}"),
            Rule("301: moves after three days of the same answer", origin.Of("moved") is { Count: > 3 } moved && !moved.Any(a => a.At > moved[0].At + TimeSpan.FromDays(2.2)) && origin.Of("moved-here")[^1].At > moved[^1].At, $"old address asked for {Text(origin.Of("moved")[^1].At - origin.Of("moved")[0].At)}"),
            Rule("302: never moves", origin.Of("found")[^1].At > end - TimeSpan.FromHours(2), $"{origin.Of("found").Count} requests to the old address"),
            Rule("410: never asks again", origin.Of("gone").Count == 1, $"{origin.Of("gone").Count} request"),
            Rule("404: backs off", origin.Of("missing").Count <= 10, $"{origin.Of("missing").Count} requests in {Text(end - origin.Of("missing")[0].At)}"),
            Rule("a redirect loop ends", origin.Of("loop").GroupBy(a => a.At).All(g => g.Count() <= 6), $"{origin.Of("loop").GroupBy(a => a.At).Max(g => g.Count())} hops at most"),
            Rule("one request of a host at a time", origin.MostAtOnce == 1, $"{origin.MostAtOnce} at once"),
            Rule("says who it is and how to reach it", origin.All().All(a => a.Header("User-Agent").StartsWith("FeedWatch/", StringComparison.Ordinal) && a.Header("User-Agent").Contains("+http", StringComparison.Ordinal)), plain[0].Header("User-Agent")),
            Rule("takes gzip and brotli", origin.All().All(a => a.Header("Accept-Encoding").Contains("gzip", StringComparison.Ordinal) && a.Header("Accept-Encoding").Contains("br", StringComparison.Ordinal)), plain[0].Header("Accept-Encoding")),
            Rule("no cookies, no referrer, the address as it is", origin.All().All(a => a.Header("Cookie") == "" && a.Header("Referer") == "" && a.Query == ""), $"{origin.All().Count} requests in all"),
            Rule("asks for nothing but feeds", origin.All().All(a => EtiquetteOrigin.Paths.Contains(a.Path) || a.Path is "moved-here" or "found-here"), string.Join(", ", origin.All().Select(a => a.Path).Except(EtiquetteOrigin.Paths).Distinct())),
        ];
    }

    private static Judged Rule(string rule, bool kept, string seen) => new(rule, kept, seen);

    private static TimeSpan LeastGap(IReadOnlyList<Asked> asked) =>
        asked.Count < 2 ? TimeSpan.MaxValue : asked.Zip(asked.Skip(1)).Min(p => p.Second.At - p.First.At);

    private static bool Near(DateTimeOffset at, DateTimeOffset moment) => (at - moment).Duration() < TimeSpan.FromHours(2);

    private static string Text(TimeSpan span) => span == TimeSpan.MaxValue ? "none"
        : span.TotalHours >= 1 ? string.Create(CultureInfo.InvariantCulture, $"{span.TotalHours:0.#} h") : string.Create(CultureInfo.InvariantCulture, $"{span.TotalMinutes:0.#} min");
}

/// <param name="Seen">What the origin saw, in a few words.</param>
internal sealed record Judged(string Rule, bool Kept, string Seen);
