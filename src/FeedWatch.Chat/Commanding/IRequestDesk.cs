using FeedWatch.Contracts;

namespace FeedWatch.Chat.Commanding;

/// <summary>Carries out what bots ask: the service what concerns incidents, the chat side what concerns channels.</summary>
public interface IRequestDesk
{
    /// <summary>The queue that this desk is asked through.</summary>
    string Queue { get; }

    /// <summary>The commands that it knows, which are the routing keys of its queue.</summary>
    IReadOnlyList<string> Commands { get; }

    /// <summary>Carries it out, and remembers its id, together or not at all.</summary>
    /// <param name="request">Signed and fresh.</param>
    /// <param name="now">When it came.</param>
    /// <param name="cancellationToken">Ends the wait for the store.</param>
    /// <returns>Null where a request of this id came before.</returns>
    Task<BotReply?> AnswerAsync(BotRequest request, DateTimeOffset now, CancellationToken cancellationToken);
}
