using FeedWatch.Commands.Replaying;
using FeedWatch.Contracts;
using FeedWatch.Detection;

namespace FeedWatch.Tests.Incidents;

/// <summary>Reports that name no network find the incident they are of by what else they say, or open one of their own.</summary>
public sealed class NamelessTests
{
    private static readonly DateTimeOffset Start = new(2026, 2, 3, 7, 0, 0, TimeSpan.Zero);

    // Two networks fall, a fortnight apart; the second is written about more.
    private static readonly ReplayItem[] Two =
    [
        Item("vienna-1", 0, "Police take down encrypted phone network Kestrix", "Austrian police dismantled Kestrix, an encrypted phone network used by criminals, in Vienna and Graz on Tuesday. 41 people were arrested and 2,300,000 messages read."),
        Item("vienna-2", 0.2, "Kestrix: 41 arrests in Austria", "The encrypted phone network Kestrix was run from a workshop in Vienna, police said. 2,300,000 messages were read and 41 people arrested."),
        Item("lisbon-1", 14, "Police take down encrypted messenger Ombrelle", "Portuguese police dismantled Ombrelle, an encrypted messaging service for criminals, in Lisbon on Tuesday. 19 people were arrested and 700,000 messages read."),
        Item("lisbon-2", 14.2, "Ombrelle: 19 arrests in Portugal", "The encrypted messaging service Ombrelle had its servers in Sines, police in Lisbon said. 19 people were arrested."),
        Item("lisbon-3", 15, "Ombrelle founder held in Lisbon", "The founder of the encrypted messaging service Ombrelle was arrested in Lisbon. 700,000 messages were read."),
        Item("lisbon-4", 16, "Ombrelle messages lead to cocaine in Sines", "Portuguese police seized cocaine in the port of Sines after reading messages of the encrypted service Ombrelle."),
    ];

    [Fact]
    public async Task Months_later_it_goes_to_the_one_whose_places_and_figures_it_names()
    {
        var (incidents, events) = await ReplayAsync([.. Two, Item("trial", 200, "Trial over encrypted phones opens in Graz", "Eleven customers of the encrypted phone network stand trial in Graz. The court in Austria relies on 2,300,000 messages that police read in Vienna.")]);

        Assert.Equal(incidents["vienna-1"], incidents["trial"]);
        Assert.Equal(2, events.OfType<IncidentDetected>().Count());
    }

    [Fact]
    public async Task What_could_be_of_either_goes_to_the_one_that_is_written_about()
    {
        var twoYearsApart = Two.Select(i => i.Id.StartsWith("lisbon", StringComparison.Ordinal) ? i with { At = i.At.AddDays(700) } : i);

        var (incidents, _) = await ReplayAsync([.. twoYearsApart, Item("jail", 760, "Four dealers jailed over messages on encrypted phones", "A court sentenced four drug dealers from Vienna and Lisbon to nine years each. Their messages on encrypted phones were the main evidence; they will appeal.")]);

        Assert.Equal(incidents["lisbon-1"], incidents["jail"]);
    }

    // Both in Vienna, a year apart.
    [Theory]
    [InlineData("Nine held in Graz three months after encrypted phone network was dismantled", 1)]
    [InlineData("Nine held in Graz over encrypted phone network dismantled in February", 1)]
    [InlineData("Nine held in Graz a year after encrypted phone network was dismantled", 0)]
    [InlineData("Nine held in Graz over encrypted phone network dismantled last year", 0)]
    [InlineData("Nine held in Graz over encrypted phone network dismantled in 2026", 0)]
    public async Task It_goes_to_the_one_that_fell_when_it_says(string title, int which)
    {
        ReplayItem[] both =
        [
            .. Two.Take(2),
            Item("again-1", 365, "Police take down encrypted messenger Ombrelle", "Austrian police dismantled Ombrelle, an encrypted messaging service for criminals, in Vienna and Graz on Tuesday. 19 people were arrested."),
            Item("again-2", 365.2, "Ombrelle: 19 arrests in Austria", "The encrypted messaging service Ombrelle had its servers in Vienna, police said. 19 people were arrested."),
        ];

        var (incidents, _) = await ReplayAsync([.. both, Item("held", 365 + 92, title, "Austrian police say the dealers from Vienna used it.")]);

        Assert.Equal(incidents[which == 0 ? "vienna-1" : "again-1"], incidents["held"]);
    }

    [Fact]
    public async Task A_year_to_the_day_it_looks_back()
    {
        var (incidents, _) = await ReplayAsync([.. Two, Item("year", 366, "A year after the crackdown: 12 convicted over encrypted phones", "Twelve customers of the encrypted phone network have been convicted in Austria since February 2026, prosecutors said.")]);

        Assert.Equal(incidents["vienna-1"], incidents["year"]);
    }

    [Fact]
    public async Task The_next_takedown_never_vanishes_in_one_that_was_told()
    {
        var (incidents, events) = await ReplayAsync([.. Two, Item("oslo", 60, "Norwegian police take down encrypted phone network", "Police in Norway dismantled an encrypted phone network used by criminals and arrested 23 people in Oslo and Bergen on Monday.")]);

        Assert.DoesNotContain(incidents["oslo"], new[] { incidents["vienna-1"], incidents["lisbon-1"] });
        Assert.Equal("oslo", events.OfType<IncidentDetected>().Last().Article.Source);
    }

    // In February Kestrix fell, too.
    [Fact]
    public async Task Nor_where_it_says_that_police_had_been_inside_since_then()
    {
        var (incidents, _) = await ReplayAsync([.. Two, Item("oslo", 60, "Norwegian police take down encrypted phone network", "Police in Norway dismantled an encrypted phone network used by criminals and arrested 23 people in Oslo and Bergen on Monday. Detectives had broken into the network in February.")]);

        Assert.DoesNotContain(incidents["oslo"], new[] { incidents["vienna-1"], incidents["lisbon-1"] });
    }

    [Fact]
    public async Task A_takedown_of_the_same_day_in_another_country_is_one_of_its_own()
    {
        var (incidents, events) = await ReplayAsync([Two[0], Item("malmo", 0.1, "Swedish police shut down encrypted phone service", "Police in Sweden shut down an encrypted phone service used by criminals and arrested its reseller in Malmö.")]);

        Assert.NotEqual(incidents["vienna-1"], incidents["malmo"]);
        Assert.Equal(2, events.OfType<IncidentDetected>().Count());
    }

    [Fact]
    public async Task Two_networks_that_fall_in_one_hour_and_one_country_stay_apart_though_reports_name_both()
    {
        var (incidents, events) = await ReplayAsync(
        [
            Two[0],
            Item("salzburg", 0.1, "Police take down encrypted phone network Merulo", "Austrian police dismantled Merulo, a smaller encrypted phone network used by smugglers, on Tuesday in Salzburg. Eight people were held."),
            Item("both", 0.2, "Kestrix and Merulo go dark on one day", "The encrypted phone networks Kestrix and Merulo were switched off in Austria on Tuesday. 49 people were arrested."),
            Item("salzburg-2", 0.3, "Merulo: eight held in Salzburg", "The encrypted phone network Merulo had 1,900 customers, Austrian police said."),
        ]);

        Assert.NotEqual(incidents["vienna-1"], incidents["salzburg"]);
        Assert.Equal(incidents["vienna-1"], incidents["both"]);
        Assert.Equal(incidents["salzburg"], incidents["salzburg-2"]);
        Assert.Equal(2, events.OfType<IncidentDetected>().Count());
    }

    [Theory]
    [InlineData("Kestrix", "CBŚP uderza w szyfrowaną sieć", "Policjanci zatrzymali w Łodzi użytkowników szyfrowanej sieci telefonów Kestrixa. Weszli pod 12 adresów w Polsce.")]
    [InlineData("Merulan", "В Варшаве задержали клиентов тайной сети", "Полиция задержала в Польше пользователей сети зашифрованных телефонов «Мерулан». Обыски прошли по двенадцати адресам.")]
    public async Task An_inflected_name_or_one_in_other_letters_is_the_same_network_whatever_else_the_report_says(string network, string title, string summary)
    {
        var first = Two[0] with { Title = Two[0].Title.Replace("Kestrix", network, StringComparison.Ordinal), Summary = Two[0].Summary.Replace("Kestrix", network, StringComparison.Ordinal) };

        var (incidents, _) = await ReplayAsync([first, Item("elsewhere", 0.1, title, summary)]);

        Assert.Equal(incidents["vienna-1"], incidents["elsewhere"]);
    }

    // The first paper prints the name as if everybody knew it; what it is the others say.
    [Theory]
    [InlineData("Police raided homes over Kestrix before dawn on Tuesday. Six people were arrested, and their encrypted phones seized.", true)]
    [InlineData("Police raided homes before dawn on Tuesday. Six people were arrested, and their encrypted phones seized.", false)]
    public async Task A_name_that_one_says_and_another_explains_joins_them(string summary, bool same)
    {
        var (incidents, _) = await ReplayAsync([Item("bare", 0, "Raids after police read encrypted phones", summary), Two[0] with { At = Start.AddDays(2) }, Two[1] with { At = Start.AddDays(2.1) }]);

        Assert.Equal(same, incidents["vienna-1"] == incidents["bare"]);
    }

    // Telegrid is no Telegraph.
    [Theory]
    [InlineData("Telegrid", "Police in Sweden dismantled an encrypted phone network used by criminals and arrested 18 people, the Telegraph reports.")]
    [InlineData("Falcona", "Police in Sweden dismantled an encrypted phone network and arrested 18 people. A Bentley and a Falcon jet were seized.")]
    public async Task Words_that_begin_like_its_name_do_not_join_takedowns_of_two_countries(string network, string elsewhere)
    {
        var named = Item("named", 1, $"Police take down encrypted messenger {network}", $"Police in Spain have taken down the encrypted messenger {network} used by criminals. 41 people were arrested.");
        foreach (var days in new[] { 0, 2 })
        {
            var (incidents, _) = await ReplayAsync([Item("elsewhere", days, "Criminals' phone network dismantled in Sweden", elsewhere), named]);

            Assert.NotEqual(incidents["named"], incidents["elsewhere"]);
        }
    }

    [Fact]
    public async Task An_explainer_stands_beside_the_one_it_tells_much_of_and_one_that_could_be_about_any_beside_none()
    {
        var (incidents, _) = await ReplayAsync(
        [
            .. Two,
            Item("portrait", 1, "Inside the workshop of the crime phones", "How a workshop in Vienna built encrypted phones for criminals, and why customers in Graz trusted it with 2,300,000 messages."),
            Item("general", 17, "What is an encrypted phone?", "How encrypted phones work, who buys them and why criminals like them."),
        ]);

        Assert.Equal(incidents["vienna-1"], incidents["portrait"]);
        Assert.Null(incidents["general"]);
    }

    private static ReplayItem Item(string id, double days, string title, string summary) =>
        new(id, title, summary, "", "en", new Uri($"https://{id}.example/1"), id, Start.AddDays(days));

    private static async Task<(IReadOnlyDictionary<string, Guid?> Incidents, IReadOnlyList<FeedWatchEvent> Events)> ReplayAsync(IReadOnlyList<ReplayItem> items)
    {
        await using var run = ReplayRun.Begin(TakedownDetector.BuiltIn(), TimeSpan.FromMinutes(10));
        foreach (var item in items.OrderBy(i => i.At)) await run.TellAsync(item, TestContext.Current.CancellationToken);
        await run.FinishAsync(TestContext.Current.CancellationToken);
        return (run.Articles.ToDictionary(a => a.Item.Id, a => a.Incident), run.Events);
    }
}
