using FeedWatch.Contracts;

namespace FeedWatch.Publishing;

/// <summary>Hands one event over so that it can no longer be lost: to a broker that confirmed, or to the chat ledger of this process.</summary>
internal interface IEventPublisher
{
    /// <exception cref="PublishException">It was not taken over; try again later.</exception>
    Task PublishAsync(FeedWatchEvent @event, CancellationToken cancellationToken);
}

/// <summary>The bus did not take an event; the message says why in words for the operator.</summary>
internal sealed class PublishException(string message, Exception? inner = null) : Exception(message, inner);
