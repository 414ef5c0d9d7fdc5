using System.Globalization;
using FeedWatch.Contracts;

namespace FeedWatch.Chat.Wording;

/// <summary>What FeedWatch says about itself and its feeds, in a sentence each. Harmless plain text like <see cref="AlertWords"/>.</summary>
internal static class NoticeWords
{
    public static string WhatHappened(FeedWatchEvent @event) => @event switch
    {
        FeedFailing e => $"The feed {Feed(e)} has failed {Count(e.Failures, "time")} since {At(e.Since)}: {Plain(e.Reason)}.",
        FeedRecovered e => $"The feed {Feed(e)}, not well since {At(e.Since)}, is well again and brought {Count(e.NewArticles, "new article")}.",
        FeedSilent { UsualHours: { } usual } e => $"The feed {Feed(e)} has brought nothing new for {Hours(e.SilentHours)}; usually it takes {Hours(usual)}.",
        FeedSilent e => $"The feed {Feed(e)} has brought nothing new for {Hours(e.SilentHours)}.",
        FeedMoved e => $"The feed {Feed(e)} has moved for good from {Address(e.From)} to {Address(e.To)}; it is polled there.",
        FeedGone e => $"The feed {Feed(e)} is gone for good and no longer polled: {Plain(e.Reason)}.",
        CoverageLost e => $"No feed for {Where(e)} can be read any more ({Count(e.Feeds.Count + LeftOut(e, "feeds"), "feed")}): {Plain(e.Reason)}.",
        ChannelFailing e => $"The channel {Plain(e.Channel)} has failed {Count(e.Failures, "time")} since {At(e.Since)}: {Plain(e.Reason)}. Waiting: {e.Waiting}, given up: {e.GivenUp}.",
        ChannelRecovered e => $"The channel {Plain(e.Channel)}, which took nothing since {At(e.Since)}, takes posts again. Waiting: {e.Waiting}.",
        Canary { Passed: true } => "The self-test passed: an invented article was polled, detected and told.",
        Canary e => $"The self-test failed at {Plain(e.FailedAt)}: {Plain(e.Reason)}.",
        Digest e => $"{Count(e.Incidents.Count + LeftOut(e, "incidents"), "incident")} from {At(e.From)} to {At(e.To)}, told by {e.Coverage.Matched} of {Count(e.Coverage.Articles, "article")}; failing feeds: {e.Coverage.Failing} of {e.Coverage.Feeds}.",
        _ => "Something happened that this version has no words for.",
    };

    private static string Count(int many, string what) => string.Create(CultureInfo.InvariantCulture, $"{many:#,0} {what}{(many == 1 ? "" : "s")}");

    private static int LeftOut(FeedWatchEvent e, string list) => e.LeftOut?.GetValueOrDefault(list) ?? 0;

    private static string Feed(FeedEvent e) => PlainText.Of(e.Feed.Name, 80);

    private static string Where(CoverageLost e) => e.Kind switch
    {
        "country" => Names.Country(e.Value ?? ""),
        "language" => Names.Language(e.Value ?? ""),
        _ => "anything",
    };

    private static string At(DateTimeOffset time) => time.UtcDateTime.ToString("d MMM yyyy HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static string Hours(double hours) => hours >= 48
        ? string.Create(CultureInfo.InvariantCulture, $"{hours / 24:0} days")
        : string.Create(CultureInfo.InvariantCulture, $"{hours:0.#} hours");

    private static string Address(string url) => PlainText.Link(url) ?? "an address that cannot be shown";

    private static string Plain(string? text) => PlainText.Of(text, 200).TrimEnd('.');
}
