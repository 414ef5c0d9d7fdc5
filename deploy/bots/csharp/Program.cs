// A FeedWatch bot in C#: prints every breaking incident once.
//
//     dotnet run -- amqp://guest:guest@127.0.0.1:5672/ [ROUTING_KEY] [FILE_OF_IDS]
//
// Put your chat's send function where it prints. All texts come from news feeds: escape them for your chat.
using System.Globalization;
using FeedWatch.Contracts;
using MassTransit;

const string Exchange = "feedwatch.events";
const string Queue = "bot.csharp";

var key = args.ElementAtOrDefault(1) ?? "incident.*.breaking.#";
var fileOfIds = args.ElementAtOrDefault(2);
var told = (File.Exists(fileOfIds) ? File.ReadLines(fileOfIds).Select(Guid.Parse) : []).ToHashSet();

var bus = Bus.Factory.CreateUsingRabbitMq(rabbit =>
{
    rabbit.Host(new Uri(args[0]));
    rabbit.ClearSerialization();
    rabbit.UseRawJsonSerializer((RawSerializerOptions)0, isDefault: true); // the body is the event itself, in no envelope
    rabbit.ReceiveEndpoint(Queue, endpoint =>
    {
        endpoint.SetQuorumQueue();
        endpoint.PublishFaults = false;
        endpoint.ConfigureConsumeTopology = false;
        endpoint.ConcurrentMessageLimit = 1; // in the order in which they come
        endpoint.Bind(Exchange, exchange => (exchange.ExchangeType, exchange.RoutingKey) = ("topic", key));
        endpoint.Handler<FeedWatchEvent>(context => OnEventAsync(context.Message)); // one message type a queue
    });
});

await bus.StartAsync();
await Console.Error.WriteLineAsync($"waiting for {key} on {Exchange}");
var stopped = new TaskCompletionSource();
using var terminate = System.Runtime.InteropServices.PosixSignalRegistration.Create(System.Runtime.InteropServices.PosixSignal.SIGTERM, signal =>
{
    signal.Cancel = true;
    stopped.TrySetResult();
});
await stopped.Task;
await bus.StopAsync();

// What throws here, and what is no event or of a newer type, goes to the queue bot.csharp_error.
async Task OnEventAsync(FeedWatchEvent @event)
{
    if (told.Contains(@event.Id)) return;
    Console.WriteLine(Line(@event));
    told.Add(@event.Id);
    if (fileOfIds is not null) await File.AppendAllTextAsync(fileOfIds, $"{@event.Id}\n");
}

static string Line(FeedWatchEvent @event)
{
    string?[] words = @event switch
    {
        IncidentEvent e => [RoutingKey.Name(e.Severity).ToUpperInvariant(), EventTypes.Of(e), Networks(e.Networks), e.Title, Figures(e.Figures), e.Article.Link],
        ArticleMatched e => [RoutingKey.Name(e.Severity).ToUpperInvariant(), EventTypes.Of(e), Networks(e.Networks), e.Article.Title, Figures(e.Figures), e.Article.Link],
        FeedEvent e => [EventTypes.Of(e), e.Feed.Name, e.Feed.Url],
        CoverageLost e => [EventTypes.Of(e), e.Value ?? e.Kind, e.Reason],
        CoverageRestored e => [EventTypes.Of(e), e.Value ?? e.Kind],
        ChannelFailing e => [EventTypes.Of(e), e.Channel, e.Reason],
        ChannelRecovered e => [EventTypes.Of(e), e.Channel],
        _ => [EventTypes.Of(@event)],
    };
    return string.Concat(string.Join(" | ", words.Where(w => w is { Length: > 0 })).Select(c => char.IsControl(c) ? ' ' : c));
}

static string Networks(IEnumerable<NetworkReference> networks) => string.Join(", ", networks.Where(n => n.About).Select(n => n.Name));

static string Figures(IEnumerable<Figure> figures) =>
    string.Join("; ", figures.Select(f => string.Join(' ', new[] { f.Kind, f.Value.ToString("#,0.##", CultureInfo.InvariantCulture), f.Unit, f.Scope }.Where(w => w.Length > 0))));
