using System.CommandLine;
using System.Globalization;
using FeedWatch.Hosting;
using FeedWatch.Parsing;
using FeedWatch.Sources;
using FeedWatch.Sources.Lists;
using FeedWatch.Storage;

namespace FeedWatch.Commands.Feeds;

/// <summary><c>feedwatch feeds add</c>: tries an address, finds the feed behind a web page, and writes it into the list.</summary>
internal static class AddCommand
{
    private const int LongestName = 80;

    public static Command Create(Places places)
    {
        var url = new Argument<string>("URL") { Description = "The feed's address, or that of a web page whose feed is meant." };
        var name = new Option<string?>("--name") { Description = "What to call it; the feed's own title otherwise.", HelpName = "NAME" };
        var language = new Option<string?>("--language") { Description = "ISO 639-1, as en.", HelpName = "CODE" };
        var country = new Option<string?>("--country") { Description = "ISO 3166, as GB.", HelpName = "CODE" };
        var interval = new Option<string?>("--interval") { Description = "Poll it no more often than this, as 30m.", HelpName = "SPAN" };
        var untested = new Option<bool>("--untested") { Description = "Add the address as it is, without asking for it first." };
        var command = new Command("add", "Add a feed: its address is tried first, and that of a web page leads to the feed it names.");
        command.Arguments.Add(url);
        foreach (var option in new Option[] { name, language, country, interval, untested }) command.Options.Add(option);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var address = FeedList.Address(parsed.GetValue(url)!, out var fault) ?? throw new BadInputException(fault);
            var wanted = new ListedFeed(address, parsed.GetValue(name)?.Trim() ?? "", Code(parsed.GetValue(language), "--language", "en")?.ToLowerInvariant(), Code(parsed.GetValue(country), "--country", "GB")?.ToUpperInvariant(), Span(parsed.GetValue(interval)));
            using var desk = places.Open(parsed);
            return await AddAsync(desk, wanted, parsed.GetValue(untested), cancellationToken);
        });
        return command;
    }

    private static async Task<int> AddAsync(FeedsDesk desk, ListedFeed wanted, bool untested, CancellationToken cancellationToken)
    {
        var listed = desk.Lists.ReadForEdit();
        RefuseTwin(desk, listed, wanted.Url);
        if (untested) return await WriteAsync(desk, wanted with { Name = wanted.Name.Length > 0 ? wanted.Name : wanted.Url.Host });

        var (found, others) = await new FeedProbe(desk.Fetcher()).FindAsync(wanted.Url, cancellationToken);
        if (found.Feed is not { } feed)
        {
            await Console.Error.WriteLineAsync($"{wanted.Url} was not added: {found.Why.TrimEnd('.')}.");
            return ExitCode.Failed;
        }

        RefuseTwin(desk, listed, found.Address);
        if (found.Address != wanted.Url) await Console.Out.WriteLineAsync($"{wanted.Url} is a web page; its feed is {found.Address}.");
        foreach (var other in others) await Console.Out.WriteLineAsync($"It names another feed: {other}");
        if (found.Result is Fetching.FetchResult.Fetched { Freshness.MovedTo: { } moved }) await Console.Out.WriteLineAsync($"It has moved for good to {moved}; that address would save a redirect at every poll.");
        await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"'{HtmlText.Plain(feed.Title)}' holds {feed.Articles.Count} entries{(feed.Repairs.Count > 0 ? " and had to be mended ('feedwatch feeds test' says how)" : "")}."));

        var title = wanted.Name.Length > 0 ? wanted.Name : HtmlText.Shortened(HtmlText.Plain(feed.Title), LongestName);
        return await WriteAsync(desk, new ListedFeed(found.Address, title.Length > 0 ? title : found.Address.Host, wanted.Language, wanted.Country, wanted.Interval));
    }

    private static async Task<int> WriteAsync(FeedsDesk desk, ListedFeed feed)
    {
        await Console.Out.WriteLineAsync($"{feed.Name} ({feed.Url}) was added to {desk.Lists.Add([feed])}.");
        return ExitCode.Done;
    }

    private static void RefuseTwin(FeedsDesk desk, IReadOnlyList<ListedFeed> listed, Uri url)
    {
        if (listed.FirstOrDefault(f => f.Url == url) is { } twin)
            throw new BadInputException($"{url} is in {desk.Lists.Holding(twin)} already, as '{twin.Name}'{(twin.Enabled ? "" : " (disabled; 'feedwatch feeds enable' polls it again)")}.");
    }

    private static string? Code(string? code, string option, string example) => code is null || (code.Length == 2 && code.All(char.IsAsciiLetter))
        ? code
        : throw new BadInputException($"{option} '{code}' is no code of two letters; write it as {example}.");

    private static TimeSpan? Span(string? text)
    {
        if (text is null) return null;
        return Duration.TryParse(text, out var span) && span > TimeSpan.Zero ? span : throw new BadInputException($"--interval '{text}' is no interval; write 30m, 2h or 1d.");
    }
}
