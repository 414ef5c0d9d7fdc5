using FeedWatch.Contracts;
using FeedWatch.Incidents.Facts;
using FeedWatch.Reports;

namespace FeedWatch.Tests.Incidents;

/// <summary>Which figures of an incident stand where reports put them to different places, or print them wrong.</summary>
public sealed class FigureBookTests
{
    private static readonly DateTimeOffset Day = new(2026, 11, 24, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void As_many_in_one_country_as_in_all_are_the_same_people() =>
        Assert.Equal([("arrests", "world", 4m)], Standing(Said(0, "arrests", 4, "world"), Said(5, "arrests", 4, "CR")));

    [Fact]
    public void As_many_suspects_as_were_arrested_are_those() =>
        Assert.Equal([("arrests", "AU", 51m)], Standing(Said(0, "arrests", 51, "AU"), Said(5, "suspects", 51, "world")));

    [Fact]
    public void As_many_a_year_later_are_others() =>
        Assert.Equal(2, Standing(Said(0, "arrests", 4, "world"), Said(24 * 400, "arrests", 4, "CR")).Count);

    [Fact]
    public void A_total_of_one_paper_that_is_less_than_one_country_is_of_its_own_town() =>
        Assert.Equal([("arrests", "GB", 746m)], Standing(Said(0, "arrests", 746, "GB"), Said(40, "arrests", 3, "world")));

    [Fact]
    public void A_total_that_one_paper_puts_to_its_country_hides_no_figure_of_that_country() => Assert.Equal(
        [("arrests", "BE", 2m), ("arrests", "world", 45m)],
        Standing(Said(0, "arrests", 45, "world"), Said(5, "arrests", 2, "BE"), Said(5, "arrests", 45, "BE")));

    [Fact]
    public void One_sentence_is_told_once_whichever_country_a_paper_puts_it_to() =>
        Assert.Single(Standing(Said(0, "years", 9, "MX"), Said(8, "years", 9, "US")));

    [Fact]
    public void One_wrong_digit_of_one_outlet_is_a_misprint_wherever_it_puts_it()
    {
        Assert.Equal([("arrests", "world", 6558m)], Standing(Said(0, "arrests", 6558, "world"), Said(3, "arrests", 6658, "FR")));
        Assert.Equal([("arrests", "world", 6612m)], Standing(Said(0, "arrests", 6558, "world"), Said(3, "arrests", 6612, "world")));
    }

    [Fact]
    public void What_papers_are_said_to_print_does_not_stand_beside_what_the_police_say()
    {
        var disputed = Said(2, "arrests", 44, "world") is var (figure, at, outlet, _) ? (figure, at, outlet, true) : default;

        Assert.Equal([("arrests", "world", 41m)], Standing(Said(0, "arrests", 41, "world"), disputed));
        Assert.Equal([("arrests", "world", 44m)], Standing(disputed));
    }

    [Fact]
    public void Three_phones_of_one_man_are_no_figure_of_a_network() => Assert.Empty(Standing(Said(0, "devices", 3, "world")));

    [Fact]
    public void A_value_in_the_place_of_one_that_is_taken_back_stands_though_an_older_one_was_greater()
    {
        var book = FigureBook.Empty.With(Report([Devices(970)]), Voice("A", 0)).With(Report([Devices(974)]), Voice("B", 9)).With(Report([Devices(947)], denied: [Devices(974)]), Voice("C", 20));

        Assert.Equal(947, Assert.Single(book.Current).Value);
    }

    [Fact]
    public void The_right_value_is_of_where_the_wrong_one_was_in_whatever_order_they_come()
    {
        (Report Report, Voice Voice)[] reports =
        [
            (Report([Arrests(46, "world")]), Voice("A", 0)),
            (Report([Arrests(49, "world")]), Voice("B", 9)),
            (Report([Arrests(47, "NO")], denied: [Arrests(49, "")]), Voice("C", 20)),
            (Report([Arrests(47, "NO")], denied: [Arrests(49, "")]), Voice("D", 20)), // both papers of one wire
            (Report([], denied: [Arrests(49, "")]), Voice("E", 30)), // says only that it was wrong
        ];
        var random = new Random(1);

        for (var times = 0; times < 30; times++)
        {
            var order = Enumerable.Range(0, reports.Length).ToArray();
            random.Shuffle(order);
            var book = order.Aggregate(FigureBook.Empty, (known, next) => known.With(reports[next].Report, reports[next].Voice));

            Assert.Equal([("world", 47m)], book.Current.Select(f => (f.Scope, f.Value)));
            Assert.Equal(["C", "D"], book.Standing.Single().Current.Outlets);
        }
    }

    [Fact]
    public void As_many_accused_as_were_convicted_are_those() =>
        Assert.Equal([("convictions", "ES", 7m)], Standing(Said(0, "convictions", 7, "ES"), Said(0, "charges", 7, "ES"), Said(0, "suspects", 7, "ES")));

    [Fact]
    public void Every_term_of_prison_is_told_of_somebody()
    {
        var years = FigureBook.Empty.With(Report([Years(9), Years(4), Years(3)]), Voice("A", 0)).Standing.Single();

        Assert.Equal([3m, 4m, 9m], years.Waves.Append(years.Current).Select(c => c.Value).Order());
    }

    [Fact]
    public void A_file_of_messages_in_one_case_is_no_wave()
    {
        var standing = FigureBook.Empty.With(Report([Messages(115_000_000)]), Voice("A", 0)).With(Report([Messages(14_000)]), Voice("B", 24 * 900)).With(Report([Messages(2_300_000)]), Voice("C", 24 * 950)).Standing.Single();

        Assert.Equal([2_300_000m], standing.Waves.Select(w => w.Value));
    }

    private static List<(string Kind, string Scope, decimal Value)> Standing(params (Figure Figure, int Hour, string Outlet, bool IsHearsay)[] said) =>
        [.. said.Aggregate(FigureBook.Empty, (book, s) => book.With(Report([s.Figure], hearsay: s.IsHearsay ? [s.Figure] : []), Voice(s.Outlet, s.Hour))).Current.Select(f => (f.Kind, f.Scope, f.Value))];

    private static (Figure Figure, int Hour, string Outlet, bool IsHearsay) Said(int hour, string kind, decimal value, string scope) =>
        (new Figure { Kind = kind, Value = value, Scope = scope, Unit = "", What = "" }, hour, $"Outlet of hour {hour}", false);

    private static Figure Devices(decimal value) => new() { Kind = "devices", Value = value, Scope = "ES", Unit = "", What = "" };

    private static Figure Years(decimal value) => new() { Kind = "years", Value = value, Scope = "NL", Unit = "", What = "" };

    private static Figure Arrests(decimal value, string scope) => new() { Kind = "arrests", Value = value, Scope = scope, Unit = "", What = "" };

    private static Figure Messages(decimal value) => new() { Kind = "messages", Value = value, Scope = "world", Unit = "", What = "" };

    private static Voice Voice(string outlet, int hour) => new(outlet, Day.AddHours(hour), Official: false);

    private static Report Report(IReadOnlyList<Figure> figures, IReadOnlyList<Figure>? denied = null, IReadOnlyList<Figure>? hearsay = null) => new()
    {
        Article = new ReportedArticle { Id = Guid.Empty, Title = "", Summary = "", Link = null, Source = "", Language = "", PublishedAt = Day, Label = ArticleLabel.Takedown, Score = 1, Evidence = [] },
        Networks = [],
        Operations = [],
        Agencies = [],
        Countries = [],
        Figures = figures,
        Denied = denied ?? [],
        Hearsay = hearsay ?? [],
    };
}

/// <summary>When something that befell an operator is news.</summary>
public sealed class HappeningTests
{
    private static readonly DateTimeOffset Day = new(2026, 11, 24, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("charged", "arrested", 3, true)]
    [InlineData("arrested", "charged", 3, false)]
    [InlineData("charged", "arrested", 300, false)]
    public void In_the_days_after_a_charge_the_arrest_is_no_news(string told, string now, int daysLater, bool isTold)
    {
        var before = Happening.With([], "operator", told, Day).Single();
        var after = Happening.With([], "operator", now, Day.AddDays(daysLater)).Single();

        Assert.Equal(isTold, after.IsIn(new HashSet<string> { before.Key }));
    }
}
