using System.CommandLine;
using FeedWatch.Chat;
using FeedWatch.Chat.Bus;
using FeedWatch.Health;
using FeedWatch.Hosting;
using FeedWatch.Hosting.Renewing;
using FeedWatch.Publishing;
using FeedWatch.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FeedWatch.Commands;

/// <summary><c>feedwatch bot</c>: only the chat side; it takes events off RabbitMQ and posts them.</summary>
internal static partial class BotCommand
{
    /// <summary>Below the data folder.</summary>
    public const string Folder = "bot";

    public static Command Create(IReadOnlyList<string> settings)
    {
        var data = new Option<string?>("--data") { Description = "The folder to remember in what was posted.", HelpName = "DIR" };
        var json = new Option<bool>("--json") { Description = "Print each incident as one JSON line on standard output." };
        var command = new Command("bot", "Receive alerts over RabbitMQ and post them to the channels of the settings.");
        command.Options.Add(data);
        command.Options.Add(json);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var overrides = RunCommand.Overrides((RunCommand.DataKey, parsed.GetValue(data)), ("Bus:Transport", nameof(BusTransport.RabbitMq)));
            var onOutput = parsed.GetValue(json);
            var origin = new SettingsOrigin(Settings.Files, () => Settings.Read(settings, overrides), () => Settings.Sources(settings, overrides), next => Build(next, onOutput, _ => { }).Dispose());
            await RenewedHost.RunAsync(origin, (configuration, more) => Build(configuration, onOutput, more), Begin, Stopped, cancellationToken);
            return ExitCode.Done;
        });
        return command;
    }

    private static IHost Build(IConfigurationRoot configuration, bool json, Action<IServiceCollection> more)
    {
        var bus = WatchHost.Bus(configuration);
        WatchHost.Storage(configuration); // where the chat side keeps its ledger unless Chat:Store says otherwise

        // A folder of its own below the service's, so that both may run with the same settings.
        var folder = Path.Combine(WatchHost.DataFolderOf(configuration), Folder);
        var builder = WatchHost.Bare(configuration);
        builder.Services.AddSingleton(_ => DataFolder.Open(folder));
        builder.Services.AddHealth();
        builder.Services.AddChat(configuration, folder, json, () => PublishingRoom.BesideStorage(configuration, folder));
        builder.Services.AddChatBus(bus);
        builder.Services.AddChatRequests(bus);
        builder.Services.AddBotChecks(bus);
        more(builder.Services);
        var host = builder.Build();
        WatchHost.Validate(host.Services);
        return host;
    }

    private static Task Begin(IHost host, IConfigurationRoot configuration)
    {
        host.Services.GetRequiredService<DataFolder>(); // held from here on, and given back with the host
        var bus = WatchHost.Bus(configuration);
        var logger = Logger(host);
        Log.Started(logger, bus.Host, bus.Port, ChatEndpoint.QueueName);
        return Task.CompletedTask;
    }

    private static void Stopped(IHost host)
    {
        var logger = Logger(host);
        Log.Stopped(logger);
    }

    private static ILogger Logger(IHost host) => host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("FeedWatch");

    private static partial class Log
    {
        [LoggerMessage(EventId = 10, Level = LogLevel.Information, Message = "The bot takes alerts from RabbitMQ at {Host}:{Port}, queue {Queue}.")]
        public static partial void Started(ILogger logger, string host, int port, string queue);

        [LoggerMessage(EventId = 11, Level = LogLevel.Information, Message = "The bot has stopped.")]
        public static partial void Stopped(ILogger logger);
    }
}
