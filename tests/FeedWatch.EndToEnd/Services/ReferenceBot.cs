using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace FeedWatch.EndToEnd.Services;

/// <summary>A bot of <c>deploy/bots</c> and what it needs to run.</summary>
/// <param name="Queue">The durable queue that it declares.</param>
/// <param name="Command">Program and script.</param>
/// <param name="Needs">A command that succeeds where the bot can run.</param>
/// <param name="Remedy">What brings it.</param>
internal sealed record ReferenceBot(string Queue, string[] Command, string[] Needs, string Remedy)
{
    private const string Debian = "/usr/bin/python3"; // the one that apt-get's python3-pika belongs to

    /// <summary>As these tests were built: <c>Debug/net10.0</c>.</summary>
    private static readonly string Build = string.Join('/', AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar).Split(Path.DirectorySeparatorChar)[^2..]);

    public static ReferenceBot Named(string language) => language switch
    {
        "python" => new("bot.python", [Debian, In("python", "bot.py")], [Debian, "-c", "import pika, jsonschema"], "apt-get install python3-pika python3-jsonschema"),
        "node" => new("bot.node", ["node", In("node", "bot.js")], ["node", "-e", $"require('{In("node", "node_modules/amqplib")}')"], "install Node 20 and run npm ci in deploy/bots/node"),
        _ => new("bot.csharp", ["dotnet", In("csharp", $"bin/{Build}/FeedWatch.ExampleBot.dll")], ["dotnet", "--version"], "install the .NET SDK"),
    };

    /// <summary>Starts it on an empty queue. Skips the test, or fails it where FEEDWATCH_REQUIRE_SERVICES=1, if what it needs is not there.</summary>
    public async Task<FeedWatchProcess> StartAsync(RabbitServer rabbit, params string[] arguments)
    {
        var address = rabbit.Address.AbsoluteUri;
        RequireWhatItNeeds();
        await using (var connection = await rabbit.ConnectAsync(TestContext.Current.CancellationToken))
        await using (var channel = await connection.CreateChannelAsync(cancellationToken: TestContext.Current.CancellationToken))
        {
            await channel.QueueDeleteAsync(Queue, ifUnused: false, ifEmpty: false, cancellationToken: TestContext.Current.CancellationToken);
            await channel.ExchangeDeleteAsync(Queue, cancellationToken: TestContext.Current.CancellationToken); // MassTransit's, with its bindings
        }

        var bot = FeedWatchProcess.Start(new ProcessStartInfo(Command[0], [.. Command[1..], address, .. arguments]));
        await bot.WaitForAsync(b => b.Log.Any(l => l.StartsWith("waiting", StringComparison.Ordinal)));
        return bot;
    }

    /// <summary>Runs the example that asks for something, to its end.</summary>
    public static async Task<(int Code, string Output)> AskAsync(RabbitServer rabbit, string secretFile, string command, string fields)
    {
        Named("python").RequireWhatItNeeds();
        await using var ask = FeedWatchProcess.Start(new ProcessStartInfo(Debian, [In("python", "ask.py"), rabbit.Address.AbsoluteUri, secretFile, command, fields]));
        var code = await ask.EndedAsync();
        return (code, string.Join('\n', ask.Output.Concat(ask.Log)));
    }

    /// <summary>Skips the test, or fails it where FEEDWATCH_REQUIRE_SERVICES=1, if what it needs is not there.</summary>
    public void RequireWhatItNeeds()
    {
        if (CanRun()) return;
        Assert.False(Environment.GetEnvironmentVariable("FEEDWATCH_REQUIRE_SERVICES") == "1", $"{Command[^1]} cannot run: {Remedy}.");
        Assert.Skip($"{Command[^1]} cannot run: {Remedy}.");
    }

    private bool CanRun()
    {
        try
        {
            using var probe = Process.Start(new ProcessStartInfo(Needs[0], Needs[1..]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            probe.WaitForExit();
            return probe.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false; // no such program
        }
    }

    private static string In(string folder, string file, [CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "deploy", "bots", folder, file));
}
