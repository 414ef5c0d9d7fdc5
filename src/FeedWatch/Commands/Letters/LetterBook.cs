using FeedWatch.Chat.Keeping;
using FeedWatch.Chat.Storing;
using FeedWatch.Publishing.Letters;
using FeedWatch.Storage;

namespace FeedWatch.Commands.Letters;

/// <summary>The letters of a service: the outbox of its database and the posts of the chat side, the bot's too where it runs here.</summary>
/// <param name="storage">Where the outbox is.</param>
/// <param name="ledgers">Where posts are remembered, or were; those that are not there hold nothing.</param>
/// <param name="time">For what is written down.</param>
internal sealed class LetterBook(StorageOptions storage, IReadOnlyList<LedgerPlace> ledgers, TimeProvider time)
{
    /// <exception cref="StorageException">The database is not of this version, or damaged.</exception>
    public async Task<IReadOnlyList<Letter>> ReadAsync(CancellationToken cancellationToken)
    {
        using var database = StorageRoom.OpenReadOnly(storage);
        var outbox = database is null ? [] : await database.ReadAsync(OutboxLetter.ReadAsync, cancellationToken);
        return [.. outbox.Select(Letter.Of), .. ledgers.SelectMany(c => ChatLetter.Read(c).Select(l => Letter.Of(l, c)))];
    }

    /// <returns>How many are sent again.</returns>
    /// <exception cref="StorageException">The database is not of this version, or damaged.</exception>
    public Task<int> RetryAsync(IReadOnlyCollection<Letter> letters, CancellationToken cancellationToken) => ChangeAsync(
        letters,
        OutboxLetter.RetryAsync,
        (chat, numbers) => ChatLetter.Retry(chat, numbers, time.GetUtcNow()),
        cancellationToken);

    /// <returns>How many were taken out.</returns>
    /// <exception cref="StorageException">The database is not of this version, or damaged.</exception>
    public Task<int> DropAsync(IReadOnlyCollection<Letter> letters, string why, CancellationToken cancellationToken) => ChangeAsync(
        letters,
        (session, numbers) => OutboxLetter.DropAsync(session, numbers, why, time.GetUtcNow()),
        (chat, numbers) => ChatLetter.Drop(chat, numbers, why, time.GetUtcNow()),
        cancellationToken);

    private async Task<int> ChangeAsync(IReadOnlyCollection<Letter> letters, Func<Session, IEnumerable<long>, Task<int>> inOutbox, Func<LedgerPlace, IEnumerable<long>, int> inChat, CancellationToken cancellationToken)
    {
        var changed = 0;
        var outbox = letters.Where(l => l.Ledger is null).Select(l => l.Number).ToList();
        if (outbox.Count > 0 && StorageRoom.OpenBeside(storage) is { } database)
        {
            using (database) changed += await database.WriteAsync(session => inOutbox(session, outbox), cancellationToken);
        }

        foreach (var chat in letters.Where(l => l.Ledger is not null).GroupBy(l => l.Ledger!)) changed += inChat(chat.Key, chat.Select(l => l.Number));
        return changed;
    }
}
