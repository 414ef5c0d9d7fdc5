using System.CommandLine;
using System.Globalization;
using FeedWatch.Hosting;
using FeedWatch.Storage;

namespace FeedWatch.Commands.Keeping;

/// <summary><c>feedwatch backup</c>: what FeedWatch must not forget, in one file, taken beside a running service.</summary>
internal static class BackupCommand
{
    public static Command Create(IReadOnlyList<string> settings)
    {
        var file = new Argument<string>("FILE") { Description = "The zip file to write." };
        var data = new Option<string?>("--data") { Description = "The data folder of the service.", HelpName = "DIR" };
        var force = new Option<bool>("--force") { Description = "Replace FILE where it is an earlier backup." };
        var command = new Command("backup", "Write the data folder's databases and added feeds into one zip file; works beside a running service.");
        command.Arguments.Add(file);
        command.Options.Add(data);
        command.Options.Add(force);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var configuration = Settings.Read(settings, RunCommand.Overrides((RunCommand.DataKey, parsed.GetValue(data))));
            var storage = WatchHost.Storage(configuration);
            var folder = storage.DataFolder;
            var chat = WatchHost.ChatLedger(configuration, folder).Schema;
            if (storage.Provider is StorageProvider.Postgres)
                throw new BadInputException($"This service's database is on PostgreSQL, which has its own backup: pg_dump --format=custom --file=FILE DATABASE. {(chat is null ? $"What was posted is remembered in {folder}: copy chat.db after that, while FeedWatch does not run. " : "")}Nothing was written.");
            var path = Path.GetFullPath(parsed.GetValue(file)!);
            var held = await new Backup(folder).WriteAsync(path, parsed.GetValue(force), cancellationToken);
            await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{path} holds {string.Join(", ", held)} of {folder} ({new FileInfo(path).Length / 1024.0 / 1024.0:0.0} MiB). To restore it, unzip it into an empty data folder and start FeedWatch there (--data). Your own feed list and settings lie elsewhere; keep them too."));
            if (chat is not null) await Console.Out.WriteLineAsync($"What was posted is remembered on PostgreSQL and is not in it. Back that up now, after this one, or alerts may be missed after a restore: pg_dump --format=custom --schema={chat} --file=FILE DATABASE.");
            return ExitCode.Done;
        });
        return command;
    }
}
