using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using FeedWatch.Chat.Muting;
using FeedWatch.Contracts;
using FeedWatch.Hosting;
using FeedWatch.Storage;
using Microsoft.Extensions.Configuration;

namespace FeedWatch.Commands.Chats;

/// <summary><c>feedwatch chat mute</c>, <c>unmute</c> and <c>mutes</c>, over the stores of the service and of the bot.</summary>
internal static class MuteCommands
{
    private const int ShortestId = 8; // below that a network may be called so

    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    public static IEnumerable<Command> Create(IReadOnlyList<string> settings) => [ToMute(settings), ToUnmute(settings), ToList(settings)];

    private static Command ToMute(IReadOnlyList<string> settings)
    {
        var (what, all, channel, data) = (What(), All(), Channel(), Data());
        var span = new Option<string>("--for") { Description = "How long: 90m, 2h, 7d; at most 366d.", HelpName = "TIME", Required = true };
        var command = new Command("mute", "Post nothing about a network or an incident for a time. That an incident is withdrawn is posted all the same.") { what, all, span, channel, data };
        command.Validators.Add(result => Check(result, what, all));
        command.SetAction(async (parsed, _) =>
        {
            var text = parsed.GetValue(span)!;
            if (!Duration.TryParse(text, out var time) || time < Shortest || time > Longest) throw new BadInputException($"--for '{text}' is no time from 1m to 366d; write 90m, 2h or 7d.");
            var configuration = Settings.Read(settings, RunCommand.Overrides((RunCommand.DataKey, parsed.GetValue(data))));
            var desks = Desks(configuration);
            var name = ChannelNames.Of(configuration, parsed.GetValue(channel));
            var now = TimeProvider.System.GetUtcNow();
            var mute = new Mute(Named(desks, parsed.GetValue(what)), name, now, now + time);
            if (!desks.ConvertAll(d => d.Set(mute)).Contains(true)) throw NoStore(); // in each of them, not in the first alone
            await Console.Out.WriteLineAsync($"muted {Words(mute)}");
            return ExitCode.Done;
        });
        return command;
    }

    private static Command ToUnmute(IReadOnlyList<string> settings)
    {
        var (what, all, channel, data) = (What(), All(), Channel(), Data());
        var command = new Command("unmute", "End a mute before its time.") { what, all, channel, data };
        command.Validators.Add(result => Check(result, what, all));
        command.SetAction(async (parsed, _) =>
        {
            var configuration = Settings.Read(settings, RunCommand.Overrides((RunCommand.DataKey, parsed.GetValue(data))));
            var desks = Desks(configuration);
            var mute = new Mute(Named(desks, parsed.GetValue(what)), parsed.GetValue(channel) ?? "", default, default);
            var now = TimeProvider.System.GetUtcNow();
            if (!desks.ConvertAll(d => d.End(mute.What, mute.Channel, now)).Contains(true)) throw new BadInputException($"{Subject(mute)} is not muted. See feedwatch chat mutes.");
            await Console.Out.WriteLineAsync($"{Subject(mute)} is told again.");
            return ExitCode.Done;
        });
        return command;
    }

    private static Command ToList(IReadOnlyList<string> settings)
    {
        var data = Data();
        var command = new Command("mutes", "List what is muted, until when, and how many posts that has kept away.") { data };
        command.SetAction(async (parsed, _) =>
        {
            var now = TimeProvider.System.GetUtcNow();
            var mutes = Desks(Settings.Read(settings, RunCommand.Overrides((RunCommand.DataKey, parsed.GetValue(data)))))
                .SelectMany(d => d.Active(now) ?? [])
                .GroupBy(m => (m.What, m.Channel))
                .Select(same => same.First() with { Kept = same.Sum(m => m.Kept) })
                .ToList();
            foreach (var mute in mutes) await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{Words(mute)}; posts kept away: {mute.Kept}"));
            if (mutes.Count == 0) await Console.Out.WriteLineAsync("Nothing is muted.");
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>The service's own store, and that of a bot which runs with the same data folder.</summary>
    private static List<MuteDesk> Desks(IConfiguration configuration) => [.. ChatLedgers.Of(configuration).Select(place => new MuteDesk(place))];

    /// <exception cref="BadInputException">The beginning of several incidents' ids.</exception>
    private static string Named(List<MuteDesk> desks, string? what)
    {
        if (what is null) return Mute.Everything;
        if (Guid.TryParse(what, out var id)) return Mute.Incident(id);
        if (what.Length >= ShortestId && what.All(c => char.IsAsciiHexDigit(c) || c == '-'))
        {
            var incidents = desks.SelectMany(d => d.IncidentsNamed(what)).Distinct().ToList();
            if (incidents.Count > 1) throw new BadInputException($"'{what}' is the beginning of {incidents.Count} incidents; give more of it.");
            if (incidents.Count == 1) return Mute.Incident(incidents[0]);
        }

        return RoutingKey.Slug(what) != RoutingKey.None ? Mute.Network(what) : throw new BadInputException($"'{what}' is neither a network's name nor an incident's id.");
    }

    private static void Check(CommandResult result, Argument<string?> what, Option<bool> all)
    {
        if (result.GetValue(what) is null != result.GetValue(all)) result.AddError("Name a network or an incident, or say --all.");
    }

    private static string Words(Mute mute) => $"{Subject(mute)} {(mute.Channel.Length == 0 ? "everywhere" : $"on {mute.Channel}")} until {mute.Until.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture)}";

    private static string Subject(Mute mute) => mute.What == Mute.Everything ? "everything" : mute.What.Replace(':', ' ');

    private static BadInputException NoStore() => new("There is no chat store here yet; start the service, or the bot, once.");

    private static Argument<string?> What() => new("WHAT") { Description = "A network's name, or an incident's id or the first 8 characters of it.", Arity = ArgumentArity.ZeroOrOne };

    private static Option<bool> All() => new("--all") { Description = "Everything." };

    private static Option<string?> Channel() => new("--channel") { Description = "Only on this channel; on every one otherwise.", HelpName = "NAME" };

    private static Option<string?> Data() => new("--data") { Description = "The data folder of the service.", HelpName = "DIR" };
}
