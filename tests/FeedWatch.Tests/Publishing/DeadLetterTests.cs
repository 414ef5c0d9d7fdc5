using System.Text.Json;
using FeedWatch.Contracts;
using FeedWatch.Publishing;
using FeedWatch.Publishing.Letters;
using FeedWatch.Tests.Chat;
using FeedWatch.Tests.Testing;
using MassTransit;
using PublishException = FeedWatch.Publishing.PublishException;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace FeedWatch.Tests.Publishing;

public class DeadLetterTests
{
    private static readonly IncidentDetected Poison = AnEvent.Detected("poison");
    private static readonly IncidentUpdated Later = AnEvent.Updated() with { IncidentId = Poison.IncidentId };

    [Fact]
    public async Task A_bus_that_is_away_for_days_kills_no_event()
    {
        using var outbox = new AnOutbox { Answer = _ => new PublishException("RabbitMQ cannot be used", new BrokerUnreachableException(new IOException())) };
        await outbox.AddAsync(Poison, Later);

        var waiting = await outbox.RelayAsync(rounds: this is IOnPostgres ? 100 : 3 * 24 * 60); // which takes SQLite a second
        outbox.Answer = _ => null;
        outbox.Time.Advance(TimeSpan.FromMinutes(1));
        await outbox.RelayAsync();

        Assert.Equal(2, waiting);
        Assert.Equal([Poison.Id, Later.Id], outbox.Taken);
    }

    [Fact]
    public async Task An_event_that_is_refused_for_its_own_sake_is_set_aside_and_the_later_ones_of_its_incident_go_on()
    {
        using var outbox = new AnOutbox { Answer = e => e.Id == Poison.Id ? Unwritable() : null };
        await outbox.AddAsync(Poison, Later, AnEvent.Detected("another"));

        await outbox.RelayAsync();
        var before = outbox.Taken.ToList();
        var waiting = await outbox.RelayAsync(rounds: RelayOutcome.MostRefusals + 2);

        Assert.Equal([AnEvent.Detected("another").Id], before);
        Assert.Equal(0, waiting);
        Assert.Equal([AnEvent.Detected("another").Id, Later.Id], outbox.Taken);
        Assert.Equal(1, outbox.Relay.Dead);
        Assert.Equal("The bus refused: cannot be written", await outbox.AskAsync<string>("select failure from outbox where dead_at is not null"));
    }

    [Fact]
    public async Task An_event_that_was_refused_is_tried_alone_behind_the_others()
    {
        using var outbox = new AnOutbox { Answer = e => e.Id == Poison.Id ? Unwritable() : null };
        await outbox.AddAsync([Poison, .. Enumerable.Range(1, 40).Select(i => AnEvent.Detected($"bystander {i}"))]);

        await outbox.RelayAsync();
        await outbox.AddAsync([.. Enumerable.Range(41, 40).Select(i => AnEvent.Detected($"bystander {i}"))]);
        outbox.Time.Advance(TimeSpan.FromMinutes(1));
        await outbox.RelayAsync();

        Assert.Equal(2, outbox.Company.Count);
        Assert.Equal(0, outbox.Company[1]);
        Assert.Equal(80, outbox.Taken.Count);
    }

    [Fact]
    public async Task An_event_that_cannot_be_read_is_set_aside_at_once()
    {
        using var outbox = new AnOutbox();
        await outbox.AddAsync(Poison, Later);
        await outbox.DoAsync("update outbox set body = '{\"type\":\"from.the.future\"}' where sequence = 1");

        var waiting = await outbox.RelayAsync();

        Assert.Equal(0, waiting);
        Assert.Equal([Later.Id], outbox.Taken);
        Assert.StartsWith("this version cannot read it", await outbox.AskAsync<string>("select failure from outbox where dead_at is not null"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dead_letter_that_is_retried_is_sent_at_once_and_one_that_is_dropped_never()
    {
        using var outbox = new AnOutbox { Answer = _ => Unwritable() };
        await outbox.AddAsync(Poison, AnEvent.Detected("another"));
        await outbox.RelayAsync(rounds: RelayOutcome.MostRefusals);
        outbox.Answer = _ => null;

        var letters = await outbox.Database.ReadAsync(OutboxLetter.ReadAsync, TestContext.Current.CancellationToken);
        await outbox.Database.WriteAsync(s => OutboxLetter.RetryAsync(s, [letters[0].Position]), TestContext.Current.CancellationToken);
        await outbox.Database.WriteAsync(s => OutboxLetter.DropAsync(s, [letters[1].Position], "a test", outbox.Time.GetUtcNow()), TestContext.Current.CancellationToken);
        await outbox.RelayAsync();
        await outbox.AddAsync(AnEvent.Detected("another")); // as a replay would

        Assert.Equal(0, await outbox.RelayAsync(rounds: 2));
        Assert.Equal([Poison.Id], outbox.Taken);
        Assert.Equal("a test", await outbox.AskAsync<string>("select dropped_why from outbox where dropped_at is not null"));
        Assert.Empty(await outbox.Database.ReadAsync(OutboxLetter.ReadAsync, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void An_event_that_is_under_way_with_a_too_large_one_is_not_to_blame()
    {
        Assert.True(Refusal.IsIn(TooLarge(), bytes: 200_000));
        Assert.False(Refusal.IsIn(TooLarge(), bytes: 2_000));
    }

    [Fact]
    public void Only_what_lies_in_the_event_counts_as_a_refusal()
    {
        Exception[] own = [TooLarge(), new PublishException("x", new NotSupportedException()), new JsonException(), new ArgumentOutOfRangeException("routingKey", "Short string too long")];
        Exception[] bus =
        [
            new PublishException("x", new BrokerUnreachableException(new IOException())), new TimeoutException(), Closed(320, "CONNECTION_FORCED"), Closed(403, "ACCESS_REFUSED"),
            Closed(406, "PRECONDITION_FAILED - inequivalent arg 'type' for exchange"), new MassTransitException("x"), new InvalidOperationException(),
        ];

        Assert.All(own, e => Assert.True(Refusal.IsIn(e, 200_000)));
        Assert.All(bus, e => Assert.False(Refusal.IsIn(e, 200_000)));
    }

    private static PublishException Unwritable() => new("The bus refused: cannot be written", new NotSupportedException());

    private static PublishException TooLarge() => new("The bus refused: message size", Closed(406, "PRECONDITION_FAILED - message size 200000 is larger than configured max size 100000"));

    private static AlreadyClosedException Closed(ushort code, string text) => new(new ShutdownEventArgs(RabbitMQ.Client.ShutdownInitiator.Peer, code, text));
}

[Collection(PostgresTests.Name)]
public sealed class DeadLettersOnPostgresTests(PostgresServer server) : DeadLetterTests, IOnPostgres
{
    PostgresServer IOnPostgres.Postgres => server;
}
