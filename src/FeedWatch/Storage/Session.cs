using System.Data.Common;
using Dapper;

namespace FeedWatch.Storage;

/// <summary>One open transaction. Every room writes its own SQL through it, so that SQLite and PostgreSQL both take it.</summary>
/// <param name="connection">Used by nobody else meanwhile.</param>
/// <param name="transaction">Ends when the work does.</param>
/// <param name="isShared">Other processes may write at the same time, as they may on PostgreSQL.</param>
/// <param name="cancellationToken">Of whoever wants the work done.</param>
internal sealed class Session(DbConnection connection, DbTransaction transaction, bool isShared, CancellationToken cancellationToken)
{
    public CancellationToken Cancelled => cancellationToken;

    public bool IsShared => isShared;

    /// <summary>Behind a select of rows that are about to be changed: those that another node is changing are left out.</summary>
    public string SkipLocked => isShared ? "for update skip locked" : "";

    /// <summary>The end of a condition: one of the values in a list, as in <c>$"id {session.Among("@Ids")}"</c>. Arrays of texts, numbers or bytes.</summary>
    public string Among(string parameter) => isShared ? $"= any({parameter})" : $"in {parameter}";

    /// <summary>From here to the end of the transaction no other node is at this; waits for the one that is.</summary>
    public Task TakeTurnAsync(Turn turn) => isShared ? FindAsync<int>(TurnLock.Transaction, TurnLock.Of(turn)) : Task.CompletedTask;

    public Task<int> ExecuteAsync(string sql, object? values = null) => connection.ExecuteAsync(Command(sql, values));

    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? values = null) =>
        (await connection.QueryAsync<T>(Command(sql, values))).AsList();

    public Task<T?> FindAsync<T>(string sql, object? values = null) => connection.QuerySingleOrDefaultAsync<T>(Command(sql, values));

    private CommandDefinition Command(string sql, object? values) =>
        new(sql, values, transaction, cancellationToken: cancellationToken);
}
