using System.Globalization;
using System.Text;
using System.Text.Json;
using FeedWatch.Chat.Commanding;
using FeedWatch.Contracts;
using FeedWatch.EndToEnd.Services;
using FeedWatch.Tests.Testing;
using RabbitMQ.Client;

namespace FeedWatch.EndToEnd;

/// <summary>What bots ask over a real RabbitMQ, of a service and a bot in processes of their own.</summary>
public sealed class CommandTests(RabbitServer rabbit) : IClassFixture<RabbitServer>, IDisposable
{
    private const string Secret = "a secret that only the bots of this test know";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("feedwatch-command-test-");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task A_bot_has_an_incident_taken_back_and_nobody_without_the_secret_does()
    {
        await using var server = await FeedServer.ServingAsync(AFeed.With(AFeed.Takedown("Exclu", link: "https://herald.example/exclu", published: TimeProvider.System.GetUtcNow())));
        await using var service = FeedWatchProcess.Start(["run", "--json", "--feeds", List(server), "--data", folder.FullName, "--Fetching:AllowedNetworks:0=127.0.0.0/8", .. Settings]);
        await service.WaitForAsync(s => !s.Output.IsEmpty && Listens(s));
        var incident = EventJson.Deserialize(Told(service.Output.First())) as IncidentEvent;
        await using var connection = await rabbit.ConnectAsync(Cancelled);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Cancelled);
        var request = new RetractRequest { Id = Guid.Parse("0b0e7f0e-64f4-4a3b-9d7a-0a3a3f0c6a01"), By = "crime-desk", IncidentId = incident!.IncidentId, Reason = "a hoax" };

        await SendAsync(channel, RequestTypes.Retract, request, "another secret, which is as long as it must be");
        await SendAsync(channel, RequestTypes.Retract, request, null);
        await service.WaitForAsync(s => s.Log.Count(l => l.Contains("Refused the request", StringComparison.Ordinal)) == 2);
        var refused = service.Output.Count;
        var done = await AskAsync(channel, RequestTypes.Retract, request, Secret);
        var again = await AskAsync(channel, RequestTypes.Retract, request, Secret);
        await service.WaitForAsync(s => s.Output.Any(l => l.Contains("\"incident.retracted\"", StringComparison.Ordinal)));

        Assert.Equal(1, refused);
        Assert.Equal((true, false), (done.Done, again.Done));
        Assert.Contains("answered before", again.Message, StringComparison.Ordinal);
        Assert.Equal(0, await service.TerminateAsync());
    }

    [Fact]
    public async Task A_bot_mutes_a_channel_of_the_chat_side_and_asks_the_service_why()
    {
        var posts = Path.Combine(folder.FullName, "posts.jsonl");
        await using var server = await FeedServer.ServingAsync(AFeed.With());
        await using var service = FeedWatchProcess.Start(["run", "--feeds", List(server), "--data", folder.FullName, "--Fetching:AllowedNetworks:0=127.0.0.0/8", .. Settings]);
        await using var chat = FeedWatchProcess.Start(["bot", "--data", folder.FullName, "--Chat:Channels:0:Type=file", "--Chat:Channels:0:Name=desk", $"--Chat:Channels:0:Path={posts}", .. Settings]);
        await service.WaitForAsync(Listens);
        await chat.WaitForAsync(Listens);
        await using var connection = await rabbit.ConnectAsync(Cancelled);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Cancelled);

        var muted = await AskAsync(channel, RequestTypes.Mute, new MuteRequest { Id = Guid.Parse("0b0e7f0e-64f4-4a3b-9d7a-0a3a3f0c6a02"), Network = "Ghost", Channel = "desk", Minutes = 10 }, Secret);
        var explained = await AskAsync(channel, RequestTypes.Explain, new ExplainRequest { Id = Guid.Parse("0b0e7f0e-64f4-4a3b-9d7a-0a3a3f0c6a03"), Title = "Police take down encrypted phone network EncroChat, 38 arrested", Summary = "Police across Europe have dismantled EncroChat, an encrypted phone network used by organised crime." }, Secret);
        var unknown = await AskAsync(channel, RequestTypes.Mute, new MuteRequest { Id = Guid.Parse("0b0e7f0e-64f4-4a3b-9d7a-0a3a3f0c6a04"), Network = "Ghost", Channel = "irc", Minutes = 10 }, Secret);
        var mutes = await FeedWatchProcess.RunAsync("chat", "mutes", "--data", folder.FullName);

        Assert.Equal((true, true, false), (muted.Done, explained.Explained!.Alert, unknown.Done));
        Assert.StartsWith("network ghost on desk until ", Assert.Single(mutes.Output), StringComparison.Ordinal);
        Assert.Equal((0, 0), (await chat.TerminateAsync(), await service.TerminateAsync()));
    }

    [Fact]
    public async Task The_example_in_python_asks_and_prints_the_answer()
    {
        var secret = Path.Combine(folder.FullName, "secret");
        await File.WriteAllTextAsync(secret, Secret + "\n", Cancelled);
        await using var server = await FeedServer.ServingAsync(AFeed.With());
        await using var service = FeedWatchProcess.Start(["run", "--feeds", List(server), "--data", folder.FullName, "--Fetching:AllowedNetworks:0=127.0.0.0/8", .. Settings]);
        await service.WaitForAsync(Listens);

        var explained = await ReferenceBot.AskAsync(rabbit, secret, RequestTypes.Explain, "{\"title\": \"Ajax wint van Feyenoord\"}");
        var refused = await ReferenceBot.AskAsync(rabbit, secret, RequestTypes.Retract, "{\"incidentId\": \"0b0e7f0e-64f4-4a3b-9d7a-0a3a3f0c6a05\", \"reason\": \"none\"}");

        Assert.Equal((0, 1), (explained.Code, refused.Code));
        Assert.Contains("Nobody would be told.", explained.Output, StringComparison.Ordinal);
        Assert.Contains("There is no such incident", refused.Output, StringComparison.Ordinal);
    }

    private string[] Settings => [.. rabbit.Settings, $"--Bus:CommandSecret={Secret}", "--Polling:MinimumInterval=1s"];

    private static bool Listens(FeedWatchProcess process) => process.Log.Any(l => l.Contains("Bots may ask through the queue", StringComparison.Ordinal));

    /// <summary>The event in a line of <c>--json</c>.</summary>
    private static string Told(string line) => line[..line.LastIndexOf(",\"ts\":", StringComparison.Ordinal)] + "}";

    private static async Task<BotReply> AskAsync(IChannel channel, string command, BotRequest request, string secret)
    {
        var answers = (await channel.QueueDeclareAsync(queue: "", durable: false, exclusive: true, autoDelete: true, cancellationToken: Cancelled)).QueueName;
        await SendAsync(channel, command, request, secret, answers);
        for (var tries = 0; tries < 1_200; tries++)
        {
            if (await channel.BasicGetAsync(answers, autoAck: true, Cancelled) is { } answer)
            {
                Assert.Equal($"{request.Id}", answer.BasicProperties.CorrelationId);
                return JsonSerializer.Deserialize<BotReply>(answer.Body.Span, EventJson.Options)!;
            }

            await Task.Delay(50, Cancelled);
        }

        throw new InvalidOperationException("Nobody answered.");
    }

    private static async Task SendAsync(IChannel channel, string command, BotRequest request, string? secret, string? answers = null)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(request, EventJson.Options);
        var timestamp = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var properties = new BasicProperties { ReplyTo = answers, CorrelationId = $"{request.Id}", Headers = new Dictionary<string, object?> { [RequestGate.TimestampHeader] = timestamp } };
        if (secret is not null) properties.Headers[RequestGate.SignatureHeader] = RequestGate.Sign(Encoding.UTF8.GetBytes(secret), timestamp, body);
        await channel.BasicPublishAsync(RequestListener.ExchangeName, command, mandatory: true, properties, body, Cancelled);
    }

    private string List(FeedServer server)
    {
        var list = Path.Combine(folder.FullName, "feeds.yaml");
        File.WriteAllText(list, $"feeds:\n  - name: The Herald\n    url: {server.At("/rss")}\n    language: en\n");
        return list;
    }
}
