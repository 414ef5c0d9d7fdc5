using FeedWatch.Contracts;
using FeedWatch.Reports;

namespace FeedWatch.Incidents;

/// <summary>The title under which an incident is told: that of the earliest report of the takedown itself that names its network.</summary>
/// <param name="Rank">0 for such a report; 1 where it names none; 2 for a follow-up.</param>
internal sealed record Headline(string Title, int Rank, DateTimeOffset At, Guid Article) : IComparable<Headline>
{
    public static Headline Of(Report report, DateTimeOffset now) => new(
        report.Article.Title,
        report.Article.Label != ArticleLabel.Takedown ? 2 : report.Networks.Any(n => n.About) ? 0 : 1,
        report.TimeAt(now),
        report.Article.Id);

    public int CompareTo(Headline? other) => other is null ? -1 : (Rank, At, Article).CompareTo((other.Rank, other.At, other.Article));
}
