using FeedWatch.Chat.Bus;
using MassTransit;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace FeedWatch.Tests.Chat;

public sealed class ReceptionTests
{
    private const string Otherwise = "PRECONDITION_FAILED - inequivalent arg 'x-single-active-consumer' for queue 'feedwatch.chat' in vhost '/': received 'true' but current is none";

    private readonly List<string> logged = [];
    private readonly Reception reception;

    public ReceptionTests() => reception = new Reception(TimeProvider.System, new CollectingLogger<Reception>(logged));

    [Fact]
    public async Task A_queue_that_was_made_otherwise_is_said_once_however_often_it_is_tried_with_what_differs_and_what_to_type()
    {
        for (var i = 0; i < 20; i++) await reception.Faulted(new Fault(Answer(406, Otherwise)));

        var line = Assert.Single(logged);
        Assert.StartsWith("Error: RabbitMQ's queue feedwatch.chat was made otherwise", line, StringComparison.Ordinal);
        Assert.Contains(Otherwise, line, StringComparison.Ordinal);
        Assert.Contains("'rabbitmqctl delete_queue feedwatch.chat'", line, StringComparison.Ordinal);
        Assert.NotNull(reception.Fault);
    }

    [Fact]
    public async Task That_events_come_again_is_said_and_the_next_fault_is_too()
    {
        await reception.Faulted(new Fault(Answer(406, Otherwise)));
        await reception.Ready(null!);
        await reception.Faulted(new Fault(Answer(406, Otherwise)));

        Assert.Equal(["Error", "Information", "Error"], logged.Select(l => l.Split(':')[0]));
    }

    [Theory]
    [InlineData(403, "ACCESS_REFUSED - access to queue 'feedwatch.chat' in vhost '/' refused for user 'bot'", "Give Bus:Username the rights")]
    [InlineData(406, "PRECONDITION_FAILED - inequivalent arg 'type' for exchange 'feedwatch.events' in vhost '/': received 'topic' but current is 'fanout'", "Delete that exchange")]
    public async Task Whatever_else_rabbitmq_refuses_is_said_with_what_to_do(ushort code, string text, string remedy)
    {
        await reception.Faulted(new Fault(Answer(code, text)));

        Assert.Contains(remedy, Assert.Single(logged), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_that_breaks_is_left_to_whoever_watches_the_broker()
    {
        await reception.Faulted(new Fault(Answer(320, "CONNECTION_FORCED - broker forced connection closure")));
        await reception.Faulted(new Fault(new IOException("reset")));
        await reception.Ready(null!);

        Assert.Empty(logged);
        Assert.Null(reception.Fault);
    }

    private static InvalidOperationException Answer(ushort code, string text) =>
        new("ReceiveTransport faulted", new OperationInterruptedException(new ShutdownEventArgs(ShutdownInitiator.Peer, code, text)));

    private sealed record Fault(Exception Exception) : ReceiveEndpointFaulted
    {
        public Uri InputAddress => new("rabbitmq://127.0.0.1/feedwatch.chat");

        public IReceiveEndpoint ReceiveEndpoint => null!;
    }
}
