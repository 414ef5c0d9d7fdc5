using FeedWatch.Seen;

namespace FeedWatch.Incidents.Retelling;

/// <summary>
/// When a feed that was read before suddenly lists its archive, what it lists is no news. An article counts as archive where it is dated
/// so long before the last good poll that it would have been told of then, had it been news; and a poll brings archive only where such
/// articles are of many different days. So one article that comes late is told, and so is what came in days of downtime, what has no
/// date, and what a feed dates wrongly but always alike.
/// </summary>
internal static class ArchiveReplay
{
    private const int Days = 10;

    /// <param name="come">What is new to us in one feed.</param>
    /// <param name="lastRead">When the feed was last read.</param>
    /// <param name="maxAge">How old an article may be and still be news.</param>
    /// <returns>Before when an article is archive; null where none is.</returns>
    public static DateTimeOffset? Before(IReadOnlyList<NewArticle> come, DateTimeOffset lastRead, TimeSpan maxAge)
    {
        var before = lastRead - maxAge;
        var days = come.Select(a => a.Article.PublishedAt).OfType<DateTimeOffset>().Where(p => p < before).Select(p => p.UtcDateTime.Date).Distinct().Count();
        return days >= Days ? before : null;
    }
}
