using FeedWatch.Incidents.Facts;

namespace FeedWatch.Tests.Incidents;

/// <summary>The rule by which one value of a figure stands where reports give several.</summary>
public sealed class FigureEntryTests
{
    private static readonly DateTimeOffset Day = new(2026, 11, 24, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Figures_of_a_takedown_grow() => Assert.Equal(48, Current((40, "A", 0, false), (42, "B", 1, false), (48, "C", 5, false), (42, "D", 6, false)));

    [Fact]
    public void An_official_correction_stands_against_what_the_press_had_before() =>
        Assert.Equal(47, Current((49, "Yle", 1, false), (49, "Bild", 2, false), (47, "Kripos", 3, true)));

    [Fact]
    public void The_press_may_go_on_counting_after_the_police_have_spoken() =>
        Assert.Equal(51, Current((47, "Europol", 1, true), (51, "De Courant", 4, false)));

    [Fact]
    public void One_outlet_alone_with_a_greater_value_has_misprinted_it() =>
        Assert.Equal(6558, Current((6658, "Digi", 1, false), (6558, "A", 2, false), (6558, "B", 2, false), (6558, "C", 3, false)));

    [Fact]
    public void A_press_office_with_a_narrower_count_corrects_nothing() =>
        Assert.Equal(800, Current((800, "Europol", 1, true), (49, "Politie", 2, true)));

    [Theory]
    [InlineData("arrests", 1, false)]
    [InlineData("arrests", 2, true)]
    [InlineData("charges", 2, false)]
    [InlineData("charges", 3, true)]
    [InlineData("countries", 4, false)]
    [InlineData("countries", 5, true)]
    [InlineData("organisations", 9, false)]
    [InlineData("organisations", 10, true)]
    public void One_man_or_the_accused_of_one_case_are_no_news_by_themselves(string kind, int value, bool isNews) =>
        Assert.Equal(isNews, (Entry((value, "A", 0, false)) with { Kind = kind }).IsNews);

    [Fact]
    public void A_smaller_round_of_arrests_years_later_is_a_wave_of_its_own()
    {
        var entry = Entry((224, "AFP", 0, true), (55, "SAPOL", 24 * 1600, true), (3, "Court", 24 * 1700, false));

        Assert.Equal(224, entry.Current.Value);
        Assert.Equal([55m], entry.Waves.Select(w => w.Value));
    }

    [Fact]
    public void A_rounded_value_beside_an_exact_one_is_the_same_rounded()
    {
        var entry = Entry((746, "NCA", 0, false)).With(750, new Voice("Sun", Day.AddHours(5), Official: false), isRough: true);

        Assert.Equal(746, entry.Current.Value);
        Assert.Equal(900, entry.With(900, new Voice("Mail", Day.AddHours(6), Official: false), isRough: true).Current.Value);
    }

    [Fact]
    public void A_figure_that_has_grown_a_hundred_times_grows_on_whatever_comes_first()
    {
        (decimal, string, int, bool)[] growing = [.. Enumerable.Range(0, 150).Select(i => (100m + i, $"Outlet {i % 7}", i, i % 30 == 0))];

        var entry = Entry(growing);
        var reversed = Entry([.. growing.Reverse()]);

        Assert.Equal(249, entry.Current.Value);
        Assert.Equal(entry.Claims.Select(c => (c.Value, c.First)), reversed.Claims.Select(c => (c.Value, c.First)));
        Assert.Contains(entry.Claims, c => c is { Value: 100, OfficialAt: not null });
    }

    [Fact]
    public void The_order_in_which_claims_come_changes_nothing()
    {
        (decimal, string, int, bool)[] claims = [(40, "A", 0, false), (42, "B", 1, true), (51, "C", 2, false), (45, "D", 3, true), (44, "E", 4, false)];

        Assert.Equal(Current(claims), Current([.. claims.Reverse()]));
    }

    private static decimal Current(params (decimal Value, string Outlet, int Hour, bool Official)[] claims) => Entry(claims).Current.Value;

    private static FigureEntry Entry(params (decimal Value, string Outlet, int Hour, bool Official)[] claims) => claims.Aggregate(
        new FigureEntry { Kind = "arrests", Unit = "", Scope = "world", What = "", Claims = [] },
        (entry, c) => entry.With(c.Value, new Voice(c.Outlet, Day.AddHours(c.Hour), c.Official)));
}
