using System.CommandLine;
using System.Text.Json;
using FeedWatch.Chat;
using FeedWatch.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace FeedWatch.Commands.Chats;

/// <summary><c>feedwatch chat test</c> and <c>preview</c>: a channel tried by itself.</summary>
internal static class TrialCommands
{
    public static IEnumerable<Command> Create(IReadOnlyList<string> settings) => [Test(settings), Preview(settings)];

    private static Command Test(IReadOnlyList<string> settings)
    {
        var channel = new Argument<string>("CHANNEL") { Description = "The name of a channel in the settings." };
        var command = new Command("test", "Post a sample, which says that it is one; exit code 1 where the channel does not take it.");
        command.Arguments.Add(channel);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var options = Options(settings);
            var name = parsed.GetValue(channel)!;
            var trial = ChannelTrial.OfName(options, name, TimeProvider.System) ?? throw new BadInputException($"There is no channel '{name}'; {ChannelTrial.Known(options)}.");
            var fault = await trial.PostSampleAsync(cancellationToken);
            await Console.Error.WriteLineAsync(fault is null ? $"The channel {name} took the sample." : $"The channel {name} did not take the sample: {fault}");
            return fault is null ? ExitCode.Done : ExitCode.Failed;
        });
        return command;
    }

    private static Command Preview(IReadOnlyList<string> settings)
    {
        var file = new Argument<string>("EVENT") { Description = "A file whose first line is an event, as run --json prints it, or which is one over many lines; - for standard input." };
        var channel = new Option<string>("--channel") { Description = "The name of a channel in the settings, or a type.", HelpName = "TYPE|NAME", Required = true };
        var earlier = new Option<string?>("--earlier") { Description = "What the channel called the incident's first post, to see an update as it follows there.", HelpName = "REFERENCE" };
        var command = new Command("preview", "Print exactly what would be posted, a line for each request; nothing is sent.");
        command.Arguments.Add(file);
        command.Options.Add(channel);
        command.Options.Add(earlier);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var options = Options(settings);
            var name = parsed.GetValue(channel)!;
            var trial = ChannelTrial.OfName(options, name, TimeProvider.System) ?? ChannelTrial.OfType(name, TimeProvider.System)
                ?? throw new BadInputException($"There is no channel '{name}'; {ChannelTrial.Known(options)}.");
            var path = parsed.GetValue(file)!;
            var (requests, note) = Rendered(trial, path, await EventAsync(path, cancellationToken), parsed.GetValue(earlier));
            await using var output = new StreamWriter(Console.OpenStandardOutput());
            foreach (var request in requests) await output.WriteLineAsync(request);
            if (note is not null) await Console.Error.WriteLineAsync(note);
            return ExitCode.Done;
        });
        return command;
    }

    private static ChatOptions Options(IReadOnlyList<string> settings)
    {
        var configuration = Settings.Read(settings, new Dictionary<string, string?>());
        using var services = new ServiceCollection().AddLogging().AddChat(configuration, WatchHost.DataFolderOf(configuration)).BuildServiceProvider();
        WatchHost.Validate(services);
        return services.GetRequiredService<IOptions<ChatOptions>>().Value;
    }

    private static (IReadOnlyList<string> Requests, string? Note) Rendered(ChannelTrial trial, string path, string line, string? earlier)
    {
        try
        {
            return trial.Preview(line, earlier);
        }
        catch (JsonException ex)
        {
            throw new BadInputException($"{path} holds no event: {ex.Message}");
        }
    }

    private static async Task<string> EventAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            using var reader = path == "-" ? new StreamReader(Console.OpenStandardInput()) : new StreamReader(path);
            var first = await reader.ReadLineAsync(cancellationToken) ?? "";
            return first.Trim() == "{" ? first + await reader.ReadToEndAsync(cancellationToken) : first; // made easy to read by somebody
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{path} cannot be read: {ex.Message}");
        }
    }
}
