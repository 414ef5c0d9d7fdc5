using System.CommandLine;
using FeedWatch.Hosting;
using FeedWatch.Incidents;
using FeedWatch.Incidents.Correcting;
using FeedWatch.Incidents.Telling;
using FeedWatch.Publishing;
using FeedWatch.Storage;

namespace FeedWatch.Commands.Incidents;

/// <summary><c>feedwatch incidents …</c>: what was told, and taking it back. Works beside a running service and without one.</summary>
internal static class IncidentsCommand
{
    private const int ShortestId = 4;

    public static Command Create(IReadOnlyList<string> settings)
    {
        var data = new Option<string?>("--data") { Description = "The data folder of the service.", HelpName = "DIR", Recursive = true };
        var command = new Command("incidents", "List the incidents that were told, show one with its timeline, or take one back; works beside a running service.");
        command.Options.Add(data);
        command.Subcommands.Add(List(StorageOf));
        command.Subcommands.Add(Show(StorageOf));
        command.Subcommands.Add(Retract(StorageOf));
        return command;

        StorageOptions StorageOf(ParseResult parsed) => WatchHost.Storage(Settings.Read(settings, RunCommand.Overrides((RunCommand.DataKey, parsed.GetValue(data)))));
    }

    private static Command List(Func<ParseResult, StorageOptions> storageOf)
    {
        var json = new Option<bool>("--json") { Description = "One JSON line for each." };
        var command = new Command("list", "Show every incident, the latest news first.");
        command.Options.Add(json);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var told = await ReadAsync(storageOf(parsed), IncidentBook.ListAsync, cancellationToken) ?? [];
            await Console.Out.WriteAsync(parsed.GetValue(json) ? IncidentPage.Lines(told) : IncidentPage.List(told));
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Show(Func<ParseResult, StorageOptions> storageOf)
    {
        var id = Id();
        var json = new Option<bool>("--json") { Description = "The incident and its reports as one JSON object." };
        var command = new Command("show", "Show one incident: what is known, who says what, and how it came to be known.");
        command.Arguments.Add(id);
        command.Options.Add(json);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var named = parsed.GetValue(id)!;
            var told = await ReadAsync(storageOf(parsed), session => FindAsync(session, named), cancellationToken) ?? throw Unknown(named);
            await Console.Out.WriteAsync(parsed.GetValue(json) ? IncidentPage.Json(told) : IncidentPage.Show(told));
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Retract(Func<ParseResult, StorageOptions> storageOf)
    {
        var id = Id();
        var reason = new Option<string>("--reason") { Description = "Why, for those who were told.", HelpName = "TEXT", Required = true };
        var command = new Command("retract", "Take an incident back: chats are told, and its texts alert nobody again.");
        command.Arguments.Add(id);
        command.Options.Add(reason);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var named = parsed.GetValue(id)!;
            using var database = StorageRoom.OpenBeside(storageOf(parsed)) ?? throw Unknown(named);
            var now = TimeProvider.System.GetUtcNow();
            var retracted = await database.WriteAsync(
                async session =>
                {
                    if (await FindAsync(session, named) is not { } told) return null;
                    var @event = await Retraction.RetractAsync(session, told.Incident.Id, parsed.GetValue(reason)!, now);
                    if (@event is not null) await Outbox.AddBesideAsync(session, [@event], now);
                    return @event;
                },
                cancellationToken) ?? throw new BadInputException($"There is no incident '{named}' that could be taken back. See feedwatch incidents list.");
            await Console.Out.WriteLineAsync($"retracted {retracted.IncidentId}: {retracted.Title}");
            await Console.Out.WriteLineAsync("The running service tells it within seconds, or the next one does; its texts alert nobody again.");
            return ExitCode.Done;
        });
        return command;
    }

    private static Argument<string> Id() => new("ID") { Description = "The incident's id, or its beginning." };

    private static BadInputException Unknown(string id) => new($"There is no incident '{id}'. See feedwatch incidents list.");

    private static async Task<ToldIncident?> FindAsync(Session session, string named)
    {
        var ids = named.Length < ShortestId ? [] : await IncidentBook.NamedAsync(session, named);
        return ids.Count switch
        {
            0 => null,
            1 => await IncidentBook.GetAsync(session, ids[0]),
            _ => throw new BadInputException($"'{named}' is the beginning of {ids.Count} incidents; give more of it."),
        };
    }

    private static async Task<T?> ReadAsync<T>(StorageOptions storage, Func<Session, Task<T>> read, CancellationToken cancellationToken)
        where T : class?
    {
        using var database = StorageRoom.OpenReadOnly(storage);
        return database is null ? null : await database.ReadAsync(read, cancellationToken);
    }
}
