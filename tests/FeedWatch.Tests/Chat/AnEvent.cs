using System.Security.Cryptography;
using System.Text;
using FeedWatch.Contracts;

namespace FeedWatch.Tests.Chat;

/// <summary>Valid events; a test changes with <c>with</c> what matters to it.</summary>
internal static class AnEvent
{
    public static readonly DateTimeOffset Time = new(2021, 6, 8, 9, 41, 7, TimeSpan.Zero);

    public static IncidentDetected Detected(string name = "anom") => new()
    {
        Id = Id(name),
        Time = Time,
        IncidentId = Id("incident " + name),
        Sequence = 1,
        Title = "Politie leest maandenlang mee met criminelen via Anom",
        Severity = Severity.Breaking,
        SeverityReason = "a network was taken down",
        Networks = [Network("ANOM", about: true), Network("EncroChat"), Network("Sky ECC"), Network("Phantom Secure")],
        Operations = ["Trojan Shield"],
        Agencies = ["FBI", "Europol", "Landelijke Eenheid"],
        Countries = ["NL", "US"],
        Figures =
        [
            Number("messages", 27_000_000), Number("users", 12_000), Number("users", 1_200, scope: "NL"),
            Number("arrests", 49, scope: "NL"), Number("arrests", 800, scope: "world"), Number("countries", 16),
            Number("labs", 25, scope: "NL"), Number("cash", 2_300_000, "EUR", "NL"), Number("drugs", 8_000, "kg", "world", "cocaine"),
        ],
        Article = Article(),
        Sources = [new Source { Name = "De Kadebode", Language = "nl", Time = Time }],
    };

    public static IncidentUpdated Updated() => new()
    {
        Id = Id("update"),
        Time = Time.AddHours(3),
        IncidentId = Id("incident anom"),
        Sequence = 2,
        Title = "More than 1,000 arrested in global sting on encrypted phones",
        Severity = Severity.Breaking,
        SeverityReason = "mass arrests",
        KnownSince = new DateOnly(2021, 6, 8),
        Networks = [Network("ANOM", about: true)],
        Operations = ["Trojan Shield", "Ironside"],
        Agencies = ["AFP", "FBI"],
        Countries = ["AU", "NL", "US"],
        Figures = [Number("arrests", 1_000, scope: "world"), Number("arrests", 224, scope: "AU"), Number("cash", 44_900_000, "AUD", "AU")],
        Article = Article() with
        {
            Title = "More than 1,000 arrested in global sting on encrypted phones",
            Summary = "Police on four continents raided homes overnight after reading messages on phones they had secretly supplied.",
            Link = "https://news.example/au/operation-ironside",
            Source = "Example News",
            Language = "en",
            PublishedAt = Time.AddHours(2),
            Evidence = [Quote("Police arrested more than 1,000 people after reading messages on the encrypted app ANOM.")],
        },
        Sources = [new Source { Name = "De Kadebode", Time = Time }, new Source { Name = "Example News", Time = Time.AddHours(2) }],
        Changes =
        [
            new Change { Kind = "figure", Figure = Number("arrests", 1_000, scope: "world"), Before = 800 },
            new Change { Kind = "figure", Figure = Number("cash", 44_900_000, "AUD", "AU") },
            new Change { Kind = "country", Value = "AU" },
            new Change { Kind = "operation", Value = "Ironside" },
        ],
    };

    public static BurstSummary Burst() => new()
    {
        Id = Id("burst"),
        Time = Time,
        Severity = Severity.Major,
        Feed = "Example News, search for EncroChat",
        Entries =
        [
            Entry("Nine years for EncroChat dealer in Liverpool", "https://news.example/uk/1"),
            Entry("Tribunal de Bobigny : les messages EncroChat jugés recevables, six ans après le piratage du serveur de Roubaix", "https://news.example/fr/2"),
            Entry("Zwölf Jahre Haft im EncroChat-Prozess", null),
        ],
    };

    public static ArticleMatched Matched() => new()
    {
        Id = Id("matched"),
        Time = Time,
        IncidentId = Id("incident anom"),
        Severity = Severity.Minor,
        Article = Article() with { Label = ArticleLabel.Followup },
        Networks = [Network("ANOM", about: true)],
        Operations = [],
        Agencies = [],
        Countries = [],
        Figures = [Number("years", 14)],
    };

    /// <summary>Nothing but what an event cannot lack.</summary>
    public static IncidentDetected Minimal() => Detected("minimal") with
    {
        Severity = Severity.Info,
        SeverityReason = "",
        Networks = [],
        Operations = [],
        Agencies = [],
        Countries = [],
        Figures = [],
        Sources = [],
        Article = Article() with { Summary = "", Link = null, Language = null, PublishedAt = null, Evidence = [], Score = 0.6 },
    };

    public static ReportedArticle Article() => new()
    {
        Id = Id("article"),
        Title = "Politie leest maandenlang mee met criminelen via Anom",
        Summary = "De FBI bleek zelf achter berichtendienst Anom te zitten; zestien landen lazen mee en sloegen maandagnacht tegelijk toe.",
        Link = "https://nieuws.example/anom?id=6138310",
        Source = "De Kadebode",
        Language = "nl",
        PublishedAt = new DateTimeOffset(2021, 6, 8, 11, 30, 0, TimeSpan.FromHours(2)),
        Label = ArticleLabel.Takedown,
        Score = 0.971,
        Evidence =
        [
            Quote("Rechercheurs brachten de versleutelde telefoons van Anom zelf aan de man."),
            Quote("Het aantal arrestanten staat op achthonderd, onder wie 49 Nederlanders."),
        ],
    };

    public static NetworkReference Network(string name, bool about = false, bool listed = true) =>
        new() { Name = name, Slug = RoutingKey.Slug(name), Listed = listed, About = about };

    public static Figure Number(string kind, decimal value, string unit = "", string scope = "", string what = "") =>
        new() { Kind = kind, Value = value, Unit = unit, Scope = scope, What = what };

    public static Quote Quote(string text) => new() { Text = text, Concepts = ["takedown"] };

    public static Guid Id(string name) => new(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16));

    private static BurstEntry Entry(string title, string? link) =>
        new() { EventId = Id(title), IncidentId = Id("incident " + title), Title = title, Link = link };
}
