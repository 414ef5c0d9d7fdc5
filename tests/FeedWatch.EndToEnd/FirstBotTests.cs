using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using FeedWatch.Contracts;
using FeedWatch.EndToEnd.Services;
using FeedWatch.Tests.Contracts;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace FeedWatch.EndToEnd;

/// <summary>The page "Write your own bot in ten minutes", as a newcomer types it; only the broker's address is another one.</summary>
public sealed partial class FirstBotTests(RabbitServer rabbit) : IClassFixture<RabbitServer>, IDisposable
{
    private static readonly string Root = RootFolder();
    private static readonly string Page = File.ReadAllText(Path.Combine(Root, "deploy", "bots", "first-bot.md"));

    /// <summary>For a machine that is busy with everything else; who waits knows at once when the bot has ended.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("feedwatch-first-bot-");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string Url => rabbit.Address.AbsoluteUri;

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task The_bot_in_Python_prints_the_demos_incidents_once_and_falls_over_nothing()
    {
        var url = Url;
        ReferenceBot.Named("python").RequireWhatItNeeds();
        Save("mybot.py", Blocks("python")[0]);
        Save("pretend.py", Blocks("python")[1]);
        await using var bot = Start("/usr/bin/python3", Path.Combine(folder.FullName, "mybot.py"), url);
        await WhenConsumedAsync(bot, "mybot");

        var demo = Blocks("sh").Single(b => b.Contains("--demo", StringComparison.Ordinal)).Split(" -- ")[1].Split(' ');
        var run = await FeedWatchProcess.RunAsync([.. demo, .. rabbit.Settings]);
        foreach (Match typed in Pretended().Matches(Page))
        {
            await using var pretend = Start("/usr/bin/python3", Path.Combine(folder.FullName, "pretend.py"), typed.Groups["key"].Value, url);
            Assert.Equal(0, await pretend.EndedAsync(typed.Groups["body"].Value));
        }

        var shown = Blocks("text").SelectMany(b => b.Split('\n')).ToList();
        Assert.True(run.Code == 0, run.Log);
        await bot.WaitForAsync(b => shown.TrueForAll(b.Output.Contains), Patience);

        var firsts = bot.Output.Where(l => !l.StartsWith("incident.updated", StringComparison.Ordinal)).ToList(); // two updates of one incident read alike
        Assert.Equal(firsts.Distinct(), firsts);
    }

    [Fact]
    public async Task The_bot_in_Node_prints_an_incident_once_and_falls_over_nothing()
    {
        var url = Url;
        ReferenceBot.Named("node").RequireWhatItNeeds();
        Save("mybot.mjs", Blocks("js").Single());
        Directory.CreateSymbolicLink(Path.Combine(folder.FullName, "node_modules"), Path.Combine(Root, "deploy", "bots", "node", "node_modules"));
        await using var bot = Start("node", Path.Combine(folder.FullName, "mybot.mjs"), url);
        await WhenConsumedAsync(bot, "mybot.node");

        await PublishAllAsync();
        await bot.WaitForAsync(b => b.Output.Any(l => l.Contains("incident.solved", StringComparison.Ordinal)), Patience);

        Assert.Equal([DetectedLine, "refused:", "incident.solved | - | -"], bot.Output.Select(l => l.StartsWith("refused:", StringComparison.Ordinal) ? "refused:" : l));
    }

    [Fact]
    public async Task The_bot_in_CSharp_prints_an_incident_once_and_falls_over_nothing()
    {
        var url = Url;
        var project = Path.Combine(folder.FullName, "mybot");
        foreach (var line in Blocks("sh").Single(b => b.Contains("dotnet new", StringComparison.Ordinal)).Replace("../mybot", project, StringComparison.Ordinal).Split('\n'))
        {
            await using var step = Start("dotnet", line.Split(' ')[1..]);
            Assert.True(await step.EndedAsync() == 0, $"{line}\n{string.Join('\n', step.Output.Concat(step.Log))}");
        }

        Save("mybot/Program.cs", Blocks("csharp").Single());
        await using var bot = Start("dotnet", "run", "--project", project, "--", url);
        await WhenConsumedAsync(bot, "mybot.csharp");

        await PublishAllAsync();
        await PublishAsync(Samples.All[EventTypes.IncidentUpdated]);
        await bot.WaitForAsync(b => b.Output.Any(l => l.Contains("incident.updated", StringComparison.Ordinal)), Patience);

        Assert.Single(bot.Output, l => l == DetectedLine);
    }

    [Fact]
    public void The_event_on_the_page_is_one() => Assert.IsType<IncidentDetected>(EventJson.Deserialize(Blocks("json").Single()));

    private static IncidentDetected Detected => (IncidentDetected)Samples.All[EventTypes.IncidentDetected];

    private static string DetectedLine => $"incident.detected | breaking | {Detected.Title}";

    /// <summary>An incident, the same again, what is no event, and one of a newer version.</summary>
    private async Task PublishAllAsync()
    {
        await PublishAsync(Detected);
        await PublishAsync(Detected);
        await PublishAsync("[1]");
        await PublishAsync("""{"type":"incident.solved","id":"8c68dcea-57d5-35ee-1fa9-b718e87a6e8d"}""");
    }

    private Task PublishAsync(FeedWatchEvent @event) => PublishAsync(EventJson.Serialize(@event));

    private async Task PublishAsync(string body)
    {
        await using var connection = await rabbit.ConnectAsync(Cancelled);
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), Cancelled);
        await channel.BasicPublishAsync("feedwatch.events", "incident.detected.breaking.anom.nl", mandatory: true, new BasicProperties { ContentType = "application/json" }, Encoding.UTF8.GetBytes(body), Cancelled);
    }

    /// <summary>Waits until the bot has bound its queue and takes from it: what is published earlier goes to nobody.</summary>
    private async Task WhenConsumedAsync(FeedWatchProcess bot, string queue)
    {
        await using var connection = await rabbit.ConnectAsync(Cancelled);
        await bot.WaitForAsync(_ => IsConsumedAsync(), Patience);

        async Task<bool> IsConsumedAsync()
        {
            try
            {
                await using var channel = await connection.CreateChannelAsync(cancellationToken: Cancelled);
                return (await channel.QueueDeclarePassiveAsync(queue, Cancelled)).ConsumerCount > 0;
            }
            catch (OperationInterruptedException)
            {
                return false; // not there yet
            }
        }
    }

    private static FeedWatchProcess Start(string program, params string[] arguments) => FeedWatchProcess.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = Root });

    private void Save(string name, string text) => File.WriteAllText(Path.Combine(folder.FullName, name), text + "\n");

    private static List<string> Blocks(string language) => [.. Block().Matches(Page).Where(b => b.Groups["language"].Value == language).Select(b => b.Groups["text"].Value)];

    private static string RootFolder([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));

    [GeneratedRegex("^```(?<language>[a-z]+)\n(?<text>.*?)\n```$", RegexOptions.Singleline | RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Block();

    [GeneratedRegex(@"^echo '(?<body>[^']*)' \| python3 pretend\.py (?<key>\S+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Pretended();
}
