using MassTransit;
using RabbitMQ.Client.Exceptions;

namespace FeedWatch.Chat.Bus;

/// <summary>
/// Looks, before the bot's queue is declared, whether it is there. One that was deleted while the bot was away, or did not listen, is made anew
/// and empty, and what came meanwhile lies in the archive alone.
/// </summary>
internal sealed class QueueCheck(BusOptions options, ArchiveCatchUp catchUp) : IBusObserver
{
    private const int NotFound = 404; // AMQP 0-9-1, 1.2.1 "reply codes"

    public Task PreStart(IBus bus) => LookAsync();

    /// <summary>Tells the archive's reader how it is.</summary>
    public async Task LookAsync()
    {
        try
        {
            await using var connection = await RabbitConnection.Factory(options).CreateConnectionAsync("feedwatch bot");
            await using var channel = await connection.CreateChannelAsync();
            await channel.QueueDeclarePassiveAsync(ChatEndpoint.QueueName);
            catchUp.HasMissedNothing();
        }
        catch (OperationInterruptedException ex) when (ex.ShutdownReason?.ReplyCode == NotFound)
        {
            catchUp.MayHaveMissed();
        }
        catch (Exception ex) when (ArchiveCatchUp.IsOfBroker(ex))
        {
            catchUp.MayHaveMissed(); // nobody knows what happens to it until the broker is back
        }
    }

    public void PostCreate(IBus bus)
    {
    }

    public void CreateFaulted(Exception exception)
    {
    }

    public Task PostStart(IBus bus, Task<BusReady> busReady) => Task.CompletedTask;

    public Task StartFaulted(IBus bus, Exception exception) => Task.CompletedTask;

    public Task PreStop(IBus bus) => Task.CompletedTask;

    public Task PostStop(IBus bus) => Task.CompletedTask;

    public Task StopFaulted(IBus bus, Exception exception) => Task.CompletedTask;
}
