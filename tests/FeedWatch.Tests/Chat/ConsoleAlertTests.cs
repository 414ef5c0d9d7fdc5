using FeedWatch.Chat.Channels;
using FeedWatch.Chat.Channels.Local;
using FeedWatch.Chat.Posts;
using FeedWatch.Contracts;
using FeedWatch.Tests.Contracts;
using Spectre.Console;

namespace FeedWatch.Tests.Chat;

public sealed class ConsoleAlertTests
{
    [Fact]
    public void A_takedown_is_told_with_its_figures_quotes_and_source() =>
        Approved.Matches(Shown(AnEvent.Detected()), "console-detected.txt");

    [Fact]
    public void An_update_says_what_changed_from_what() =>
        Approved.Matches(Shown(AnEvent.Updated()), "console-updated.txt");

    [Fact]
    public void A_burst_is_a_list_of_what_it_folds() =>
        Approved.Matches(Shown(AnEvent.Burst()), "console-burst.txt");

    [Fact]
    public void An_article_is_told_shortly() =>
        Approved.Matches(Shown(AnEvent.Matched()), "console-matched.txt");

    [Fact]
    public void Every_event_has_words_in_the_terminal() =>
        Approved.Matches(string.Join('\n', Samples.All.Values.Where(e => e is not (IncidentDetected or IncidentUpdated or ArticleMatched or BurstSummary)).Select(e => Shown(e))), "console-others.txt");

    [Fact]
    public void What_is_not_known_leaves_no_holes() =>
        Approved.Matches(Shown(AnEvent.Minimal()), "console-minimal.txt");

    [Fact]
    public void A_network_that_nobody_listed_is_called_new() =>
        Approved.Matches(
            Shown(AnEvent.Detected() with { Networks = [AnEvent.Network("BlackLine", about: true, listed: false)] }, possiblyRepeated: true),
            "console-new-network.txt");

    [Fact]
    public void Hostile_text_stays_text() =>
        Approved.Matches(Shown(Hostile()), "console-hostile.txt");

    [Fact]
    public void Forty_figures_stay_readable() =>
        Approved.Matches(
            Shown(AnEvent.Detected() with { Figures = [.. Enumerable.Range(1, 40).Select(i => AnEvent.Number(i % 2 == 0 ? "arrests" : "kind" + i, i * 1_000, scope: "NL"))] }),
            "console-forty-figures.txt");

    [Fact]
    public void Chinese_wraps_by_the_width_it_takes()
    {
        var page = ConsoleAlert.Of(EventPost.Of(AnEvent.Detected() with { Title = string.Concat(Enumerable.Repeat("警方捣毁加密通讯网络", 12)) }), 80);

        Assert.All(page.Lines, line => Assert.True(line.Sum(s => Page.Cells(s.Text)) <= 80));
    }

    [Fact]
    public async Task Colours_change_no_letter_and_markup_is_not_read()
    {
        var written = new StringWriter();
        var terminal = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = ColorSystemSupport.TrueColor,
            Out = new AnsiConsoleOutput(written),
        });
        terminal.Profile.Width = short.MaxValue;
        var channel = new ConsoleChannel("console", new StandardOutput(written, terminal));

        await channel.SendAsync(new Delivery { Event = Hostile() }, TestContext.Current.CancellationToken);

        Assert.Contains("[red]markup[/]", written.ToString(), StringComparison.Ordinal);
        Assert.Contains("\e[", written.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("\e]", written.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_terminal_there_are_no_escapes()
    {
        var written = new StringWriter();
        var channel = new ConsoleChannel("console", new StandardOutput(written, null));

        await channel.SendAsync(new Delivery { Event = AnEvent.Detected() }, TestContext.Current.CancellationToken);

        Assert.DoesNotContain('\e', written.ToString());
        Assert.StartsWith("BREAKING  takedown · ANOM\n", written.ToString(), StringComparison.Ordinal);
    }

    private static string Shown(FeedWatchEvent @event, bool possiblyRepeated = false) => ConsoleAlert.Of(EventPost.Of(@event, possiblyRepeated), 80).ToString();

    private static IncidentDetected Hostile() => AnEvent.Detected() with
    {
        Title = "\e[2J\e]0;owned\a[red]markup[/] @everyone <!channel> \u202Etxt.exe\u202C\r\nBREAKING  fake line " + new string('x', 5_000),
        SeverityReason = "[link=https://evil.example]click[/]",
        Networks = [AnEvent.Network("A\nB\u200B \e[31mC", about: true, listed: false)],
        Operations = ["Z\u0300\u0301\u0302\u0303\u0304\u0305\u0306\u0307algo", "||spoiler|| ``` {{template}}"],
        Agencies = ["\uD800lone", "\u0301mark first"],
        Countries = ["\e[5m", "ZZ"],
        Figures = [AnEvent.Number("arr\nests", 3.14159m, "k\ng", "\u202Eworld", "\e[1mbold")],
        Article = AnEvent.Article() with
        {
            Summary = "</b><a href=https://evil.example>link</a>\t\v\f\u2028next\u2029\u0085end",
            Link = "javascript:alert(1)",
            Source = "Europol\u202E\u2066\u200F",
            Language = "e\nn",
            Evidence = [AnEvent.Quote("“quoted” \u009B31m red \u0007bell"), AnEvent.Quote("")],
        },
        Sources = [new Source { Name = "Other\r\n  link        https://evil.example", Time = AnEvent.Time }],
    };
}
