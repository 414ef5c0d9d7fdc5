using System.CommandLine;
using System.Globalization;
using FeedWatch.Hosting;
using FeedWatch.Sources;
using FeedWatch.Sources.Lists;

namespace FeedWatch.Commands.Feeds;

/// <summary><c>feedwatch feeds import|export</c>: OPML from and for other feed readers.</summary>
internal static class TransferCommands
{
    public static Command Import(Places places)
    {
        var file = new Argument<string>("FILE") { Description = "OPML as feed readers export it, or another YAML list." };
        var command = new Command("import", "Add the feeds of a file to the list; what is there already or cannot be read is said and skipped.");
        command.Arguments.Add(file);
        command.SetAction(async (parsed, _) =>
        {
            using var desk = places.Open(parsed);
            var path = parsed.GetValue(file)!;
            var faults = new List<string>();
            var read = FeedList.ParseWithTwins(path, FeedList.Text(path), faults);
            if (read.Count == 0 && faults.Count == 0) throw new BadInputException($"{path}: there is no feed in it.");

            var known = desk.Lists.ReadForEdit().ToDictionary(f => f.Id, f => f.Name);
            var fresh = new List<ListedFeed>();
            foreach (var fault in faults) await Console.Error.WriteLineAsync(fault);
            foreach (var (feed, line) in read)
            {
                if (known.TryAdd(feed.Id, feed.Name)) fresh.Add(feed);
                else await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{path}:{line}: {feed.Url} is there already, as '{known[feed.Id]}'."));
            }

            var where = fresh.Count > 0 ? desk.Lists.Add(fresh) : desk.Lists.Target().Path;
            await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Added {fresh.Count} to {where}; {read.Count - fresh.Count} there already, {faults.Count} not usable. 'feedwatch feeds test' tries them all."));
            return faults.Count > 0 ? ExitCode.BadInput : ExitCode.Done;
        });
        return command;
    }

    public static Command Export(Places places)
    {
        var file = new Argument<string?>("FILE") { Description = "Where to write; standard output otherwise.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("export", "Write the list as OPML for other feed readers.");
        command.Arguments.Add(file);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var desk = places.Open(parsed);
            var feeds = desk.Lists.Read();
            var opml = OpmlFeedList.Write(feeds);
            if (parsed.GetValue(file) is not { } path)
            {
                await Console.Out.WriteAsync(opml);
                return ExitCode.Done;
            }

            try
            {
                await File.WriteAllTextAsync(path, opml, cancellationToken);
            }
            catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
            {
                throw new BadInputException($"{path} cannot be written: {ex.Message}");
            }

            await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{feeds.Count} feeds are in {path}."));
            return ExitCode.Done;
        });
        return command;
    }
}
