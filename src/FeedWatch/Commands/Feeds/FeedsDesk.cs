using System.CommandLine;
using FeedWatch.Detecting;
using FeedWatch.Detection;
using FeedWatch.Fetching;
using FeedWatch.Hosting;
using FeedWatch.Sources;
using FeedWatch.Sources.Lists;
using FeedWatch.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace FeedWatch.Commands.Feeds;

/// <summary>What the feeds commands work with: the list, and where needed the service's own fetcher and detector.</summary>
internal sealed class FeedsDesk(IConfigurationRoot configuration, FeedLists lists) : IDisposable
{
    private ServiceProvider? services;

    public FeedLists Lists => lists;

    public StorageOptions Storage => WatchHost.Storage(configuration);

    /// <summary>With the same guard, limits and manners as the service.</summary>
    /// <exception cref="SettingsException">One line for each fault.</exception>
    public FeedFetcher Fetcher() => (services ??= RunCommand.Fetching(configuration)).GetRequiredService<FeedFetcher>();

    public TakedownDetector Detector() => LiveDetector.From(configuration.GetSection(DetectionOptions.Section).Get<DetectionOptions>() ?? new DetectionOptions());

    /// <summary>The one feed that is meant by an address or a name.</summary>
    /// <exception cref="BadInputException">There is none, or more than one.</exception>
    public ListedFeed Find(string urlOrName)
    {
        var feeds = lists.ReadForEdit();
        var byUrl = Uri.TryCreate(urlOrName.Trim(), UriKind.Absolute, out var url) ? feeds.Where(f => f.Url == url).ToList() : [];
        var found = byUrl.Count > 0 ? byUrl : [.. feeds.Where(f => f.Name.Equals(urlOrName.Trim(), StringComparison.OrdinalIgnoreCase))];
        if (found.Count == 1) return found[0];
        if (found.Count > 1) throw new BadInputException($"{found.Count} feeds are called '{urlOrName}'; name one by its address: {string.Join(", ", found.Select(f => f.Url))}");

        var near = feeds.Where(f => f.Name.Contains(urlOrName, StringComparison.OrdinalIgnoreCase) || f.Url.AbsoluteUri.Contains(urlOrName, StringComparison.OrdinalIgnoreCase)).Take(3).ToList();
        var remedy = near.Count > 0 ? $"Did you mean {string.Join(", or ", near.Select(f => $"'{f.Name}'"))}?" : "'feedwatch feeds list' shows what is in it.";
        throw new BadInputException($"{lists.File}: there is no feed '{WebAddress.Shown(urlOrName)}'. {remedy}");
    }

    public void Dispose() => services?.Dispose();
}

/// <summary>Which list and which data folder a command is about, the same ones that <c>feedwatch run</c> would use.</summary>
internal sealed class Places(IReadOnlyList<string> settings)
{
    public Option<string?> Feeds { get; } = new("--feeds") { Description = "The feed list; the one of the settings, or the starter list, otherwise.", HelpName = "FILE", Recursive = true };

    public Option<string?> Data { get; } = new("--data") { Description = "The data folder of the service.", HelpName = "DIR", Recursive = true };

    /// <exception cref="SettingsException">One line for each fault.</exception>
    public FeedsDesk Open(System.CommandLine.ParseResult parsed)
    {
        var configuration = Settings.Read(settings, RunCommand.Overrides((RunCommand.FeedsKey, parsed.GetValue(Feeds)), (RunCommand.DataKey, parsed.GetValue(Data))));
        return new FeedsDesk(configuration, new FeedLists(configuration[RunCommand.FeedsKey], WatchHost.DataFolderOf(configuration)));
    }
}
