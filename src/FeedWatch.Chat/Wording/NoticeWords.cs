using FeedWatch.Contracts;

namespace FeedWatch.Chat.Wording;

/// <summary>What FeedWatch says about itself and its feeds, in a sentence each. Harmless plain text like <see cref="AlertWords"/>.</summary>
internal sealed class NoticeWords(Words words)
{
    private const int MostNames = 5;
    private const double Longest = 1_000_000; // more than a century; no event is believed to say more

    public string WhatHappened(FeedWatchEvent @event) => @event switch
    {
        FeedFailing e => words.Count("feed.failing", e.Failures, Feed(e), Since(e.Since), Reason(e.Reason)),
        FeedRecovered { Removed: true } e => words.Say("feed.removed", Feed(e), Since(e.Since)),
        FeedRecovered e => words.Count("feed.recovered", e.NewArticles, Feed(e), Since(e.Since)),
        FeedSilent { UsualHours: { } usual } e => words.Say("feed.silent.usually", Feed(e), ("time", Hours(e.SilentHours)), ("usual", Hours(usual))),
        FeedSilent e => words.Say("feed.silent", Feed(e), ("time", Hours(e.SilentHours))),
        FeedMoved e => words.Say("feed.moved", Feed(e), ("from", Address(e.From)), ("to", Address(e.To))),
        FeedGone e => words.Say("feed.gone", Feed(e), Reason(e.Reason)),
        CoverageLost e => words.Count("coverage.lost", e.Feeds.Count + LeftOut(e, "feeds"), ("where", Where(e.Kind, e.Value)), Reason(e.Reason)),
        CoverageRestored e => words.Say(e.Removed ? "coverage.removed" : "coverage.restored", ("where", Where(e.Kind, e.Value)), Since(e.Since)),
        ChannelFailing e => words.Count("channel.failing", e.Failures, Channel(e.Channel), Since(e.Since), Reason(e.Reason), ("waiting", words.Number(e.Waiting)), ("lost", words.Number(e.GivenUp))),
        ChannelRecovered e => words.Say(e.Removed ? "channel.removed" : "channel.recovered", Channel(e.Channel), Since(e.Since), ("waiting", words.Number(e.Waiting))),
        Digest e => words.Say("digest", ("incidents", words.Count("digest.incidents", e.Incidents.Count + LeftOut(e, "incidents"))), ("from", words.Time(e.From)), ("to", words.Time(e.To))),
        _ => words["unknown"],
    };

    /// <summary>How well FeedWatch could see in the period of a digest.</summary>
    public string CoverageOf(Digest digest)
    {
        var coverage = digest.Coverage;
        var names = coverage.FailingFeeds.Select(n => PlainText.Of(n, 80)).Where(n => n.Length > 0).Take(MostNames).ToList();
        if (names.Count > 0 && coverage.Failing > names.Count) names.Add(words.Count("list.more", coverage.Failing - names.Count));
        return words.Say(
            "digest.coverage",
            ("matched", words.Number(coverage.Matched)),
            ("articles", words.Count("digest.articles", coverage.Articles)),
            ("failing", words.Number(coverage.Failing)),
            ("feeds", words.Number(coverage.Feeds)),
            ("names", names.Count == 0 ? "" : $" ({string.Join(", ", names)})"));
    }

    private static int LeftOut(FeedWatchEvent e, string list) => e.LeftOut?.GetValueOrDefault(list) ?? 0;

    private static (string Place, string Text) Feed(FeedEvent e) => ("feed", PlainText.Of(e.Feed.Name, 80));

    private static (string Place, string Text) Channel(string name) => ("channel", Plain(name));

    private (string Place, string Text) Since(DateTimeOffset time) => ("since", words.Time(time));

    private static (string Place, string Text) Reason(string? reason) => ("reason", Plain(reason));

    private string Where(string kind, string? value) => kind switch
    {
        CoverageKinds.Country => words.Country(value ?? ""),
        CoverageKinds.Language => words.Language(value ?? ""),
        _ => words["coverage.all"],
    };

    private string Hours(double hours) => hours >= 48
        ? words.Count("days", (decimal)Math.Round(Math.Min(hours, Longest) / 24, MidpointRounding.AwayFromZero))
        : words.Count("hours", (decimal)Math.Round(hours, 1, MidpointRounding.AwayFromZero));

    private string Address(string url) => PlainText.Link(url) ?? words["address.none"];

    private static string Plain(string? text) => PlainText.Of(text, 200).TrimEnd('.');
}
