using MassTransit;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client.Exceptions;

namespace FeedWatch.Chat.Bus;

/// <summary>How the queue that feeds the channels is received from, for whoever looks from outside: a bot that takes nothing off it tells nobody, however well it posts.</summary>
public sealed partial class Reception : IReceiveEndpointObserver
{
    private const long Idle = long.MinValue;
    private const int DeclaredOtherwise = 406; // AMQP 0-9-1, 1.2.1 "reply codes": precondition-failed
    private const int Refused = 403;

    private readonly TimeProvider time;
    private readonly ILogger<Reception> logger;
    private long began = Idle;
    private ReceptionFault? fault;
    private int said; // a reply code, once for as long as it lasts

    internal Reception(TimeProvider time, ILogger<Reception> logger)
    {
        (this.time, this.logger) = (time, logger);
        fault = new ReceptionFault("it has not begun yet", time.GetUtcNow());
    }

    /// <summary>Null while events come as they are published.</summary>
    public ReceptionFault? Fault => Volatile.Read(ref fault);

    /// <summary>How long the event that was taken last is being put down; null while none is. They are put down one after the other, so that all later ones wait for it.</summary>
    public TimeSpan? UnderWay => Volatile.Read(ref began) is var since and not Idle ? time.GetElapsedTime(since) : null;

    public Task Ready(ReceiveEndpointReady ready)
    {
        Volatile.Write(ref fault, null);
        if (Interlocked.Exchange(ref said, 0) != 0) Log.Comes(logger, ChatEndpoint.QueueName);
        return Task.CompletedTask;
    }

    public Task Stopping(ReceiveEndpointStopping stopping) => Task.CompletedTask;

    public Task Completed(ReceiveEndpointCompleted completed) => Task.CompletedTask;

    public Task Faulted(ReceiveEndpointFaulted faulted)
    {
        ArgumentNullException.ThrowIfNull(faulted);
        Volatile.Write(ref fault, new ReceptionFault((faulted.Exception?.InnerException ?? faulted.Exception)?.Message ?? "it has ended", Fault?.Since ?? time.GetUtcNow()));
        if (Answer(faulted.Exception) is { ShutdownReason: { } reason } && Interlocked.Exchange(ref said, reason.ReplyCode) != reason.ReplyCode) Say(reason.ReplyCode, reason.ReplyText);
        return Task.CompletedTask;
    }

    /// <summary>Puts an event down.</summary>
    internal async Task TakeAsync(Func<Task> put)
    {
        Volatile.Write(ref began, time.GetTimestamp());
        try
        {
            await put();
        }
        finally
        {
            Volatile.Write(ref began, Idle);
        }
    }

    /// <summary>What RabbitMQ itself says against it; null where it is the way there that broke, which is said elsewhere.</summary>
    private static OperationInterruptedException? Answer(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is OperationInterruptedException { ShutdownReason.ReplyCode: DeclaredOtherwise or Refused } answer) return answer;
        }

        return null;
    }

    private void Say(int code, string why)
    {
        if (code == Refused) Log.NotAllowed(logger, ChatEndpoint.QueueName, why);
        else if (why.Contains($"queue '{ChatEndpoint.QueueName}'", StringComparison.Ordinal)) Log.MadeOtherwise(logger, ChatEndpoint.QueueName, why);
        else Log.ExchangeMadeOtherwise(logger, ChatEndpoint.QueueName, why);
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 726, Level = LogLevel.Error, Message = "RabbitMQ's queue {Queue} was made otherwise, by an older FeedWatch or another program, and cannot be changed ({Why}). Nothing comes from it until it is deleted: 'rabbitmqctl delete_queue {Queue}', with '-p VHOST' where Bus:VirtualHost is not /. It is then made anew within minutes, and what it held and this bot does not know is taken from the archive.")]
        public static partial void MadeOtherwise(ILogger logger, string queue, string why);

        [LoggerMessage(EventId = 727, Level = LogLevel.Error, Message = "RabbitMQ does not let this user have the queue {Queue} ({Why}). Give Bus:Username the rights to configure, write and read ^feedwatch (rabbitmqctl set_permissions); it is tried again until then.")]
        public static partial void NotAllowed(ILogger logger, string queue, string why);

        [LoggerMessage(EventId = 729, Level = LogLevel.Error, Message = "Nothing comes from RabbitMQ's queue {Queue}: an exchange was made otherwise, by an older FeedWatch or another program ({Why}). Delete that exchange, in RabbitMQ's management or with rabbitmqadmin; it is then made anew within minutes.")]
        public static partial void ExchangeMadeOtherwise(ILogger logger, string queue, string why);

        [LoggerMessage(EventId = 728, Level = LogLevel.Information, Message = "Events come from the queue {Queue}.")]
        public static partial void Comes(ILogger logger, string queue);
    }
}

/// <param name="Why">In the words of the broker's client.</param>
/// <param name="Since">When it was first met.</param>
public sealed record ReceptionFault(string Why, DateTimeOffset Since);
