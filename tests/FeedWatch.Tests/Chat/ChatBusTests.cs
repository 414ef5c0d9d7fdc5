using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using FeedWatch.Chat;
using FeedWatch.Chat.Bus;
using FeedWatch.Chat.Delivering;
using FeedWatch.Contracts;
using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace FeedWatch.Tests.Chat;

public sealed class ChatBusTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("feedwatch-bus-").FullName;
    private IHost _host = null!;

    private string Alerts => Path.Combine(_folder, "alerts.jsonl");

    private readonly CancellationTokenSource _patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    private CancellationToken Cancelled => _patience.Token;

    public async ValueTask InitializeAsync()
    {
        _patience.CancelAfter(TimeSpan.FromSeconds(30)); // a message that is lost must fail the test, not hang it
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([new("Chat:Channels:0:Type", "file"), new("Chat:Channels:0:Path", Alerts), new("Chat:Routes:0:Events:0", "*")]);
        builder.Services.AddChat(builder.Configuration, _folder).AddChatBus(new BusOptions());
        _host = builder.Build();
        await _host.StartAsync(Cancelled);
    }

    [Fact]
    public async Task An_event_goes_over_the_bus_to_the_channels_unchanged()
    {
        var ledger = _host.Services.GetRequiredService<DeliveryLedger>();
        FeedWatchEvent[] events = [AnEvent.Detected(), AnEvent.Updated(), AnEvent.Burst(), AnEvent.Matched()];

        foreach (var @event in events) await _host.Services.GetRequiredService<IBus>().Publish(@event, Cancelled);
        foreach (var @event in events) await ledger.RecordedAsync(@event.Id, Cancelled);
        await _host.Services.GetRequiredService<ChannelDispatcher>().WhenIdleAsync(Cancelled);

        Assert.Equal(events.Select(EventJson.Serialize), File.ReadLines(Alerts).Select(line => line[..line.LastIndexOf(",\"ts\":", StringComparison.Ordinal)] + "}"));
    }

    [Fact]
    public async Task An_event_of_a_newer_version_is_left_alone_and_the_next_one_comes_through()
    {
        var queue = await _host.Services.GetRequiredService<IBus>().GetSendEndpoint(new Uri("queue:" + ChatEndpoint.QueueName));
        var newer = new JsonObject { ["type"] = "channel.exploded", ["id"] = AnEvent.Id("newer").ToString(), ["time"] = "2031-01-01T00:00:00Z", ["what"] = 1 };

        await queue.Send(newer, Cancelled);
        await _host.Services.GetRequiredService<IBus>().Publish<FeedWatchEvent>(AnEvent.Detected(), Cancelled);

        await _host.Services.GetRequiredService<DeliveryLedger>().RecordedAsync(AnEvent.Detected().Id, Cancelled);
    }

    [Fact]
    public void An_unknown_type_is_read_as_such_and_a_known_one_with_a_fault_is_not()
    {
        var options = new JsonSerializerOptions
        {
            Converters = { new BusEventConverter() },
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { BusEventConverter.TakeOver } },
        };
        var id = AnEvent.Id("newer");

        var unknown = JsonSerializer.Deserialize<FeedWatchEvent>($$"""{"type":"feed\u001b[31m.moved","id":"{{id}}","time":"2031-01-01T00:00:00Z"}""", options);

        Assert.Equal("feed.moved", Assert.IsType<UnknownEvent>(unknown).Type);
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<FeedWatchEvent>($$"""{"type":"burst.summary","id":"{{id}}","time":"2031-01-01T00:00:00Z"}""", options));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<FeedWatchEvent>("[]", options));
    }

    [Fact]
    public void Wrong_bus_settings_are_named_one_line_each()
    {
        Assert.Equal(
            ["Bus:Transport 'Kafka' is unknown; use InMemory or RabbitMq.", "Bus:Port 'amqp' is no port; use a number from 1 to 65535.", "Bus:Tls 'yes' must be true or false.", "Bus:ReplaceLostQueues 'never' must be true or false."],
            FaultsOf(("Transport", "Kafka"), ("Port", "amqp"), ("Tls", "yes"), ("ReplaceLostQueues", "never")));
        Assert.Equal(
            ["Bus:Host 'not a host' is no host name or address.", "Bus:Port '70000' is no port; use a number from 1 to 65535.", "Bus:Username is empty."],
            FaultsOf(("Transport", "rabbitmq"), ("Host", "not a host"), ("Port", "70000"), ("Username", "")));
        Assert.StartsWith("Bus:PasswordFile '/nowhere/secret' cannot be read: ", FaultsOf(("Transport", "RabbitMq"), ("PasswordFile", "/nowhere/secret")).Single(), StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(TestContext.Current.CancellationToken);
        _patience.Dispose();
        _host.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static IEnumerable<string> FaultsOf(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create("Bus:" + s.Key, (string?)s.Value))).Build();
        return Assert.Throws<OptionsValidationException>(() => BusOptions.Read(configuration)).Failures;
    }
}
