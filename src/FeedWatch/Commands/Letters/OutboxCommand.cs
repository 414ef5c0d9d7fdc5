using System.CommandLine;
using System.Globalization;
using FeedWatch.Hosting;

namespace FeedWatch.Commands.Letters;

/// <summary><c>feedwatch outbox …</c>: events that have not arrived. Works beside a running service, which notices a change within seconds, and without one.</summary>
internal static class OutboxCommand
{
    private const int ShortestId = 4;

    public static Command Create(IReadOnlyList<string> settings)
    {
        var data = new Option<string?>("--data") { Description = "The data folder of the service.", HelpName = "DIR", Recursive = true };
        var command = new Command("outbox", "Look at events that have not reached the bus or a chat channel, send them again or take them out; works beside a running service.");
        command.Options.Add(data);
        command.Subcommands.Add(List(Open));
        command.Subcommands.Add(Retry(Open));
        command.Subcommands.Add(Drop(Open));
        return command;

        LetterBook Open(ParseResult parsed)
        {
            var configuration = Settings.Read(settings, RunCommand.Overrides((RunCommand.DataKey, parsed.GetValue(data))));
            return new LetterBook(WatchHost.Storage(configuration), ChatLedgers.Of(configuration), TimeProvider.System);
        }
    }

    private static Command List(Func<ParseResult, LetterBook> open)
    {
        var json = new Option<bool>("--json") { Description = "One JSON line for each." };
        var command = new Command("list", "Show what waits, what fails and is tried again, and what was given up, with the reason.");
        command.Options.Add(json);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var letters = await open(parsed).ReadAsync(cancellationToken);
            await Console.Out.WriteAsync(parsed.GetValue(json) ? LetterTable.Lines(letters) : LetterTable.Table(letters, TimeProvider.System.GetUtcNow()));
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Retry(Func<ParseResult, LetterBook> open)
    {
        var ids = Ids("Events to send again, by their id or its beginning; all that were given up otherwise.");
        var command = new Command("retry", "Send again what was given up.");
        command.Arguments.Add(ids);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var book = open(parsed);
            var dead = (await book.ReadAsync(cancellationToken)).Where(l => l.State == Letter.Dead).ToList();
            var count = await book.RetryAsync(Named(dead, parsed.GetValue(ids)!, "given up"), cancellationToken);
            await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{count} to be sent again, by the running service within seconds or by the next one."));
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Drop(Func<ParseResult, LetterBook> open)
    {
        var ids = Ids("Events never to be sent, by their id or its beginning.");
        var all = new Option<bool>("--all-dead") { Description = "Everything that was given up." };
        var why = new Option<string>("--reason") { Description = "Why; kept with the event.", HelpName = "TEXT", DefaultValueFactory = _ => "dropped by hand" };
        var command = new Command("drop", "Take out what shall never be sent, whether it waits or was given up.");
        command.Arguments.Add(ids);
        command.Options.Add(all);
        command.Options.Add(why);
        command.Validators.Add(result =>
        {
            if (result.GetValue(ids)!.Length == 0 && !result.GetValue(all)) result.AddError("drop needs the ID of an event, or --all-dead.");
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var book = open(parsed);
            var letters = await book.ReadAsync(cancellationToken);
            var named = parsed.GetValue(all) ? [.. letters.Where(l => l.State == Letter.Dead)] : Named(letters, parsed.GetValue(ids)!, "waiting or given up");
            var count = await book.DropAsync(named, parsed.GetValue(why)!, cancellationToken);
            foreach (var letter in named) await Console.Out.WriteLineAsync($"dropped {letter.Id} to {letter.To}: {letter.Type} {letter.Title}");
            await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{count} taken out; reason: {parsed.GetValue(why)}"));
            return ExitCode.Done;
        });
        return command;
    }

    private static Argument<string[]> Ids(string description) => new("ID") { Description = description, Arity = ArgumentArity.ZeroOrMore };

    /// <exception cref="BadInputException">An id leads to nothing, or to several events.</exception>
    private static List<Letter> Named(IReadOnlyList<Letter> letters, string[] ids, string state)
    {
        if (ids.Length == 0) return [.. letters];
        var named = new List<Letter>();
        foreach (var id in ids)
        {
            var meant = id.Length < ShortestId ? [] : letters.Where(l => l.Id.StartsWith(id, StringComparison.OrdinalIgnoreCase)).ToList();
            if (meant.Count == 0) throw new BadInputException($"No event '{id}' is {state}; nothing was changed. 'feedwatch outbox list' shows what there is.");
            if (meant.DistinctBy(l => l.Id).Count() > 1) throw new BadInputException($"'{id}' is the beginning of several ids; nothing was changed. Write more of it.");
            named.AddRange(meant.Except(named));
        }

        return named;
    }
}
