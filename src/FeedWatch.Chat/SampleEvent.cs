using FeedWatch.Contracts;

namespace FeedWatch.Chat;

/// <summary>An event that nobody can take for a real one, to try a channel with.</summary>
internal static class SampleEvent
{
    public static IncidentDetected At(DateTimeOffset time) => new()
    {
        Id = new Guid("5f0c8d0e-6c0b-5a53-9d5e-0a6f4d1c7b01"),
        Time = time,
        IncidentId = new Guid("5f0c8d0e-6c0b-5a53-9d5e-0a6f4d1c7b02"),
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
            Id = new Guid("5f0c8d0e-6c0b-5a53-9d5e-0a6f4d1c7b03"),
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
