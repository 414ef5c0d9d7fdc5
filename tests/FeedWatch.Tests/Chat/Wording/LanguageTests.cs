using System.Globalization;
using System.Text.RegularExpressions;
using FeedWatch.Chat;
using FeedWatch.Chat.Channels;
using FeedWatch.Chat.Channels.Local;
using FeedWatch.Chat.Posts;
using FeedWatch.Chat.Wording;
using FeedWatch.Contracts;
using FeedWatch.Detection;
using FeedWatch.Incidents.Arranging;
using FeedWatch.Reports;
using FeedWatch.Tests.Chat.Chats;
using FeedWatch.Tests.Contracts;

using Figure = FeedWatch.Contracts.Figure;

namespace FeedWatch.Tests.Chat.Wording;

public sealed partial class LanguageTests
{
    /// <summary>All but English, whose posts have approved files of their own.</summary>
    public static TheoryData<string> Others => ["de", "es", "fr", "nl"];

    /// <summary>Types whose lines are the event itself, without any words.</summary>
    private static readonly string[] Wordless = [ChannelTypes.File, ChannelTypes.Json, "webhook"];

    public static TheoryData<string> SpeakingTypes => [.. ChannelTypes.All.Keys.Except(Wordless)];

    [Fact]
    public void These_languages_are_spoken() => Assert.Equal("de, en, es, fr, nl", Words.Known);

    [Theory]
    [MemberData(nameof(Others))]
    public void A_language_has_words_for_all_that_English_has(string language) => Assert.Equal(Words.English.Keys.Order(), Words.Of(language)!.Keys.Order());

    [Theory]
    [MemberData(nameof(Others))]
    public void Nothing_that_a_sentence_is_to_say_is_left_out_of_it(string language)
    {
        var words = Words.Of(language)!;

        Assert.All(words.Keys.Where(k => !k.EndsWith(".one", StringComparison.Ordinal)), key => Assert.Equal(PlacesIn(Words.English[key]), PlacesIn(words[key])));
        Assert.All(words.Keys.Where(k => k.EndsWith(".one", StringComparison.Ordinal)), key => Assert.Equal(PlacesIn(words[key[..^4]]).Except(["{n}"]), PlacesIn(words[key]).Except(["{n}"])));
    }

    [Theory]
    [MemberData(nameof(Others))]
    public void A_language_names_every_country_and_language_that_English_names(string language)
    {
        foreach (var table in (string[])["countries", "languages"])
            Assert.Equal(WordFile.Table(Words.English[table]).Keys.Order(), WordFile.Table(Words.Of(language)![table]).Keys.Order());
    }

    [Theory]
    [MemberData(nameof(Others))]
    public void A_takedown_an_update_a_digest_and_notices_are_told_in_it(string language)
    {
        FeedWatchEvent[] events =
        [
            AnEvent.Detected() with { SeverityReason = "reports the takedown itself", Networks = [AnEvent.Network("BlackLine", about: true, listed: false)] },
            AnEvent.Updated() with
            {
                SeverityReason = "a follow-up with 1,000 arrests",
                Networks = [AnEvent.Network("ANOM", about: true), AnEvent.Network("EncroChat", about: true)],
                Changes = [.. AnEvent.Updated().Changes, new Change { Kind = "operator", Value = "arrested" }, new Change { Kind = "ruling", Value = "" }],
            },
            AnEvent.Minimal(),
            AnEvent.Burst(),
            .. Samples.All.Values.Where(e => e is not (IncidentDetected or IncidentUpdated or ArticleMatched or BurstSummary)),
            (FeedRecovered)Samples.All[EventTypes.FeedRecovered] with { Removed = true },
            (CoverageRestored)Samples.All[EventTypes.CoverageRestored] with { Kind = CoverageKinds.All, Value = null, Removed = true },
            (ChannelRecovered)Samples.All[EventTypes.ChannelRecovered] with { Removed = true },
        ];

        Approved.Matches(string.Join('\n', events.Select(e => ConsoleAlert.Of(EventPost.Of(e, possiblyRepeated: e is FeedGone, Words.Of(language)), 80))), $"{language}.txt");
    }

    [Theory]
    [MemberData(nameof(SpeakingTypes))]
    public void Every_channel_speaks_the_language_of_its_settings(string type)
    {
        var options = ChannelTypes.Example(type);
        options.Language = "NL";

        Assert.Contains("ontmanteling", string.Concat(AChannel.Of(options).Preview(new Delivery { Event = AnEvent.Detected() })), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", 1_234.5, "1,234.5")]
    [InlineData("nl", 1_234.5, "1.234,5")]
    [InlineData("de", 27_000_000, "27.000.000")]
    [InlineData("fr", 27_000_000, "27\u00A0000\u00A0000")]
    [InlineData("es", 1_234.5, "1234,5")] // grouped from five digits on
    [InlineData("es", 12_345, "12.345")]
    public void Numbers_are_written_as_its_readers_do(string language, double number, string written) => Assert.Equal(written, Words.Of(language)!.Number((decimal)number));

    [Theory]
    [InlineData("en", "1 June 2021", "1 Jun 2021 00:05 UTC")]
    [InlineData("nl", "1 juni 2021", "1 jun 2021 00:05 UTC")]
    [InlineData("de", "1. Juni 2021", "1. Juni 2021 00:05 UTC")]
    [InlineData("fr", "1er juin 2021", "1er juin 2021 00:05 UTC")]
    [InlineData("es", "1 de junio de 2021", "1 jun 2021 00:05 UTC")]
    public void So_are_dates(string language, string date, string time)
    {
        var words = Words.Of(language)!;

        Assert.Equal(date, words.Date(new DateOnly(2021, 6, 1)));
        Assert.Equal(time, words.Time(new DateTimeOffset(2021, 6, 1, 2, 5, 0, TimeSpan.FromHours(2))));
    }

    [Theory]
    [InlineData("en", 0, "0 more outlets")]
    [InlineData("en", 1, "1 more outlet")]
    [InlineData("fr", 0, "0 autre média")]
    [InlineData("fr", 1, "1 autre média")]
    [InlineData("fr", 2, "2 autres médias")]
    [InlineData("de", 0, "0 weitere Medien")]
    public void The_plural_is_right(string language, int outlets, string written) => Assert.Equal(written, Words.Of(language)!.Count("digest.more-outlets", outlets));

    [Fact]
    public void The_machines_culture_changes_no_letter()
    {
        var before = CultureInfo.CurrentCulture;
        var english = Told();
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("ar-SA"); // another calendar, other digits
            Assert.Equal(english, Told());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }

        static string Told() => string.Join('\n', Samples.All.Values.Append(AnEvent.Updated()).SelectMany(e => WordFile.Codes.Select(c => ConsoleAlert.Of(EventPost.Of(e, words: Words.Of(c)), 80).ToString())));
    }

    [Theory]
    [InlineData("reports the takedown itself", "meldt de ontmanteling zelf")]
    [InlineData("a follow-up with 1,234 arrests", "een vervolg met 1.234 arrestaties")]
    [InlineData("a follow-up: an operator was charged", "een vervolg: een beheerder wordt vervolgd")]
    [InlineData("a follow-up with no arrests", "a follow-up with no arrests")]
    [InlineData("what a later version says", "what a later version says")]
    public void What_the_service_says_in_English_is_said_in_it_where_it_is_known(string english, string dutch) => Assert.Equal(dutch, Words.Of("nl")!.Reason(english));

    [Fact]
    public void All_that_the_service_says_of_severity_and_of_corrections_has_words()
    {
        string[] reasons =
        [
            SeverityOf(AnEvent.Article()),
            SeverityOf(FollowUp),
            SeverityOf(FollowUp, figures: AnEvent.Number("arrests", 1_234)),
            SeverityOf(FollowUp, deeds: new Deed(Deed.Operator, "arrested")),
            SeverityOf(FollowUp, deeds: new Deed(Deed.Operator, "charged")),
            SeverityOf(FollowUp, deeds: new Deed(Deed.Operator, "convicted")),
            SeverityOf(FollowUp, deeds: new Deed(Deed.Ruling, "BGH")),
            Settlement.Alike,
            Settlement.Better,
        ];

        Assert.Equal(9, reasons.Distinct().Count());
        Assert.All(reasons, r => Assert.NotEqual(r, Words.Of("de")!.Reason(r)));
    }

    [Fact]
    public void What_a_feed_says_is_never_searched_for_places_to_fill()
    {
        var post = EventPost.Of(AnEvent.Detected() with { Networks = [AnEvent.Network("{names} {n} {network}", about: true)] }, words: Words.Of("fr"));

        Assert.Equal("Le démantèlement du réseau {names} {n} {network} est annoncé.", post.Lead);
    }

    private static ReportedArticle FollowUp => AnEvent.Article() with { Label = ArticleLabel.Followup };

    private static string SeverityOf(ReportedArticle article, Deed? deeds = null, Figure? figures = null) => SeverityRule.Of(new Report
    {
        Article = article,
        Networks = [],
        Operations = [],
        Agencies = [],
        Countries = [],
        Figures = figures is null ? [] : [figures],
        Deeds = deeds is null ? [] : [deeds],
    }).Reason;

    private static IEnumerable<string> PlacesIn(string text) => Place().Matches(text).Select(m => m.Value).Distinct().Order();

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Place();
}
