using System.Text.Json;
using FeedWatch.Contracts;
using FeedWatch.Tests.Chat;

namespace FeedWatch.Tests.Contracts;

/// <summary>One event of every type, with every field set that it can have.</summary>
internal static class Samples
{
    /// <summary>What a request is answered, among <see cref="Requests"/>.</summary>
    public const string Reply = "reply";

    private static readonly DateTimeOffset Time = AnEvent.Time;

    public static IReadOnlyDictionary<string, FeedWatchEvent> All { get; } = new FeedWatchEvent[]
    {
        AnEvent.Detected(),
        AnEvent.Updated(),
        Merged(AnEvent.Detected()),
        Split(AnEvent.Detected()),
        Retracted(AnEvent.Detected()),
        AnEvent.Matched(),
        AnEvent.Burst(),
        Digest(),
        Failing(),
        Recovered(),
        new FeedSilent { Id = Id("silent"), Time = Time, Feed = Feed(), LastArticleAt = Time.AddDays(-9), SilentHours = 216, UsualHours = 5.5 },
        new FeedMoved { Id = Id("moved"), Time = Time, Feed = Feed(), From = "https://nieuws.example/rss", To = "https://www.nieuws.example/feeds/all.xml" },
        new FeedGone { Id = Id("gone"), Time = Time, Feed = Feed(), Reason = "HTTP 410", LastSuccessAt = Time.AddDays(-1) },
        CoverageLost(),
        new CoverageRestored { Id = Id("coverage restored"), Time = Time.AddHours(2), Kind = "country", Value = "NL", After = Id("coverage"), Since = Time },
        ChannelFailing(),
        new ChannelRecovered { Id = Id("channel recovered"), Time = Time.AddHours(1), Channel = "crime-desk", ChannelType = "discord", After = Id("channel"), Since = Time.AddMinutes(-20), Waiting = 3 },
    }.ToDictionary(EventTypes.Of);

    /// <summary>One request of every kind as a bot sends it, and a reply, with every field set that it can have.</summary>
    public static IReadOnlyDictionary<string, string> Requests { get; } = new Dictionary<string, string>
    {
        [RequestTypes.Mute] = Json(new MuteRequest { Id = Id("mute"), By = "crime-desk, @anna", Network = "EncroChat", Channel = "desk", Minutes = 120 }),
        [RequestTypes.Unmute] = Json(new UnmuteRequest { Id = Id("unmute"), By = "crime-desk, @anna", IncidentId = Id("incident anom") }),
        [RequestTypes.Retract] = Json(new RetractRequest { Id = Id("retract"), By = "crime-desk, @anna", IncidentId = Id("incident anom"), Reason = "a satirical site" }),
        [RequestTypes.Explain] = Json(new ExplainRequest { Id = Id("explain"), Title = "Politie rolt berichtendienst op", Summary = "Criminelen gebruikten hem.", Content = "De politie heeft een versleutelde berichtendienst opgerold." }),
        [Reply] = JsonSerializer.Serialize(
            new BotReply
            {
                Id = Id("explain"),
                Done = true,
                Message = "People would be told.",
                Explained = new Explained
                {
                    Alert = true, Label = "takedown", Score = 0.93, Networks = [AnEvent.Network("ANOM", about: true)],
                    Evidence = [AnEvent.Quote("De politie heeft een versleutelde berichtendienst opgerold.")], Reasons = ["It names no network that is known."],
                },
            },
            EventJson.Options),
    };

    private static string Json(BotRequest request) => JsonSerializer.Serialize(request, EventJson.Options);

    private static IncidentMerged Merged(IncidentDetected e) => new()
    {
        Id = Id("merged"), Time = Time.AddHours(4), IncidentId = e.IncidentId, Sequence = 3, Title = e.Title, Severity = e.Severity,
        SeverityReason = e.SeverityReason, Networks = e.Networks, Operations = e.Operations, Agencies = e.Agencies, Countries = e.Countries,
        Figures = e.Figures, Article = e.Article, Sources = e.Sources,
        Absorbed = [Related("Hundreds of arrests in encrypted-app sting")],
        Reason = "the same operation, Trojan Shield",
    };

    private static IncidentSplit Split(IncidentDetected e) => new()
    {
        Id = Id("split"), Time = Time.AddHours(5), IncidentId = e.IncidentId, Sequence = 4, Title = e.Title, Severity = e.Severity,
        SeverityReason = e.SeverityReason, Networks = e.Networks, Operations = e.Operations, Agencies = e.Agencies, Countries = e.Countries,
        Figures = e.Figures, Article = e.Article, Sources = e.Sources,
        SplitOff = [Related("Belgische politie kraakt Sky ECC", AnEvent.Network("Sky ECC", about: true))],
        Reason = "another network, taken down by another operation",
    };

    private static IncidentRetracted Retracted(IncidentDetected e) => new()
    {
        Id = Id("retracted"), Time = Time.AddDays(1), IncidentId = e.IncidentId, Sequence = 5, Title = e.Title, Severity = e.Severity,
        SeverityReason = e.SeverityReason, Networks = e.Networks, Operations = e.Operations, Agencies = e.Agencies, Countries = e.Countries,
        Figures = e.Figures, Article = e.Article, Sources = e.Sources,
        Reason = "a satirical site",
        RetractedEvents = [Id("anom"), Id("update")],
    };

    private static Digest Digest() => new()
    {
        Id = Id("digest"),
        Time = new DateTimeOffset(2021, 6, 9, 6, 0, 0, TimeSpan.Zero),
        Name = "morning",
        Period = "daily",
        From = new DateTimeOffset(2021, 6, 8, 0, 0, 0, TimeSpan.Zero),
        To = new DateTimeOffset(2021, 6, 9, 0, 0, 0, TimeSpan.Zero),
        Severity = Severity.Breaking,
        Incidents =
        [
            new DigestIncident
            {
                IncidentId = Id("incident anom"),
                Title = "More than 1,000 arrested in global sting on encrypted phones",
                Severity = Severity.Breaking,
                New = true,
                Retracted = false,
                Networks = [AnEvent.Network("ANOM", about: true)],
                Countries = ["AU", "NL", "US"],
                Figures = [AnEvent.Number("arrests", 1_000, scope: "world")],
                Changes = [new Change { Kind = "country", Value = "AU" }],
                Articles = 41,
                Outlets = 17,
                MoreOutlets = 12,
                Link = "https://news.example/au/operation-ironside",
            },
        ],
        Coverage = new Coverage { Feeds = 212, Failing = 3, FailingFeeds = ["De Kadebode", "Example News"], Silent = 1, Articles = 5_204, Matched = 41 },
    };

    private static FeedFailing Failing() => new()
    {
        Id = Id("failing"),
        Time = Time,
        Feed = Feed(),
        Since = Time.AddHours(-6),
        Failures = 8,
        Reason = "HTTP 503",
        HttpStatus = 503,
        LastSuccessAt = Time.AddHours(-7),
        NextPollAt = Time.AddHours(2),
    };

    private static FeedRecovered Recovered() => new()
    {
        Id = Id("recovered"),
        Time = Time.AddHours(2),
        Feed = Feed(),
        After = Id("failing"),
        Since = Time.AddHours(-6),
        NewArticles = 14,
    };

    private static CoverageLost CoverageLost() => new()
    {
        Id = Id("coverage"),
        Time = Time,
        Kind = "country",
        Value = "NL",
        Since = Time.AddHours(-3),
        Feeds = [Feed()],
        Reason = "HTTP 503",
    };

    private static ChannelFailing ChannelFailing() => new()
    {
        Id = Id("channel"),
        Time = Time,
        Channel = "crime-desk",
        ChannelType = "discord",
        Since = Time.AddMinutes(-20),
        Failures = 6,
        Reason = "HTTP 404: the webhook does not exist any more",
        Waiting = 3,
        GivenUp = 1,
        NextTryAt = Time.AddMinutes(16),
    };

    private static WatchedFeed Feed() => new() { Id = Id("feed"), Name = "De Kadebode", Url = "https://nieuws.example/rss", Language = "nl", Country = "NL" };

    private static RelatedIncident Related(string title, params NetworkReference[] networks) =>
        new() { IncidentId = Id("incident " + title), Title = title, Networks = networks };

    private static Guid Id(string name) => AnEvent.Id(name);
}
