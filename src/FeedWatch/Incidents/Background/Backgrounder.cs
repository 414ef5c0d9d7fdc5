using FeedWatch.Contracts;
using FeedWatch.Detection;
using FeedWatch.Incidents.Linking;
using FeedWatch.Reports;
using FeedWatch.Seen;
using FeedWatch.Sources;

namespace FeedWatch.Incidents.Background;

/// <summary>
/// An article about one network, named or not, that reports nothing of it: an explainer, a portrait, a comment. It alerts nobody and brings no facts;
/// it stands beside the incident, and its outlet counts in the digest.
/// </summary>
/// <param name="Article">Its id.</param>
/// <param name="Key">The name by which it finds its incident, whenever that opens and whatever it is merged with; null where it names no network.</param>
/// <param name="At">When it was published, else when it came.</param>
/// <param name="Source">The outlet.</param>
/// <param name="Language">ISO 639-1; null where it is not known.</param>
/// <param name="Link">Absolute, http or https; null where the feed gave none.</param>
/// <param name="Clue">What else it says, where it names no network.</param>
internal sealed record Backgrounder(Guid Article, string? Key, DateTimeOffset At, string Title, string Source, string? Language, string? Link, Clue? Clue = null)
{
    /// <summary>More networks in one article are a chronology, about none of them.</summary>
    private const int MostNamed = 3;

    /// <summary>Networks that a headline may set side by side and still be about the first.</summary>
    private const int MostCompared = 2;

    /// <returns>Null where the article is an alert, is about something else, or speaks of several networks.</returns>
    public static Backgrounder? Of(NewArticle article, Feed feed, ArticleText text, Verdict verdict, DateTimeOffset now)
    {
        if (verdict.Alert || verdict.Label == Label.Unrelated || IsAside(text, verdict)) return null;
        var network = NetworkOf(verdict);
        if (network is null && verdict.Networks.Count > 0) return null;
        var report = Report.From(article, feed, text, verdict);
        var at = report.TimeAt(now);
        return new Backgrounder(
            article.Id,
            network is null ? null : LinkKeys.OfNetwork(RoutingKey.Slug(network)),
            at,
            report.Article.Title,
            report.Article.Source,
            report.Article.Language,
            report.Article.Link,
            network is null ? Clue.Of(report, at) : null);
    }

    // "Ghost, the musical", "Matrix.org is an open standard": a headline's other topic says that the word is no network. "The post-EncroChat market" is about what came after it.
    private static bool IsAside(ArticleText text, Verdict verdict) => verdict.Evidence.Where(e => e.Field == TextField.Title).Any(e =>
        e.Concept is "against film" or "against protocol" or "against sport" or "against piracy" or "against gun"
        || (e.Concept is "network" && text.Title.AsSpan(0, e.Start).EndsWith("post-", StringComparison.OrdinalIgnoreCase)));

    // What stands far below the headline is a reminder.
    private static string? NetworkOf(Verdict verdict) =>
        Only(verdict.Networks, TextField.Title) ?? Only(verdict.Networks, TextField.Summary) ?? Subject(verdict.Networks);

    private static string? Only(IReadOnlyList<NetworkMention> networks, TextField down)
    {
        var named = networks.Where(n => n.Field <= down).ToList();
        return named.Count == 1 ? named[0].Name : named.Count(n => n.About) == 1 && down == TextField.Title ? named.Find(n => n.About)!.Name : null;
    }

    // "Why Velta differs from Ghost", "ANOM's tale, with Sky ECC and Phantom Secure in walk-on parts": the one that is told of most stands first.
    private static string? Subject(IReadOnlyList<NetworkMention> networks) =>
        networks is { Count: <= MostNamed } and [{ About: true, Field: <= TextField.Summary } first, ..] && networks.Count(n => n.About) <= MostCompared ? first.Name : null;
}
