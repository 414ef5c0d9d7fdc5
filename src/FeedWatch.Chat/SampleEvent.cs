using FeedWatch.Chat.Watching;
using FeedWatch.Contracts;

namespace FeedWatch.Chat;

/// <summary>An event that nobody can take for a real one, to try a channel with; another one each time, so that none is dropped as a repeat.</summary>
internal static class SampleEvent
{
    public static IncidentDetected At(DateTimeOffset time) => new()
    {
        Id = NoticeId.Of($"sample {time:O}"),
        Time = time,
        IncidentId = NoticeId.Of($"sample incident {time:O}"),
        Sequence = 1,
        Title = "This is a test of FeedWatch: nothing was taken down",
        Severity = Severity.Info,
        SeverityReason = "a test",
        Networks = [new NetworkReference { Name = "Testphone", Slug = "testphone", Listed = false, About = true }],
        Operations = ["Try-out"],
        Agencies = ["Nobody"],
        Countries = ["NL", "BE"],
        Figures =
        [
            new Figure { Kind = "arrests", Value = 0, Unit = "", Scope = "world", What = "" },
            new Figure { Kind = "messages", Value = 1_000, Unit = "", Scope = "NL", What = "" },
        ],
        Article = new ReportedArticle
        {
            Id = NoticeId.Of($"sample article {time:O}"),
            Title = "This is a test of FeedWatch: nothing was taken down",
            Summary = "Whoever set up this channel is trying whether alerts arrive. They look like this.",
            Link = "https://example.org/test",
            Source = "FeedWatch",
            Language = "en",
            PublishedAt = time,
            Label = ArticleLabel.Takedown,
            Score = 1,
            Evidence = [new Quote { Text = "A sentence of the report that speaks for the alert stands here.", Concepts = ["takedown"] }],
        },
        Sources = [new Source { Name = "FeedWatch", Language = "en", Time = time }],
    };
}
