using System.Data.Common;
using Dapper;

namespace FeedWatch.Storage;

/// <summary>One open transaction. Every room writes its own SQL through it.</summary>
internal sealed class Session(DbConnection connection, DbTransaction transaction, CancellationToken cancellationToken)
{
    public CancellationToken Cancelled => cancellationToken;

    public Task<int> ExecuteAsync(string sql, object? values = null) => connection.ExecuteAsync(Command(sql, values));

    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? values = null) =>
        (await connection.QueryAsync<T>(Command(sql, values))).AsList();

    public Task<T?> FindAsync<T>(string sql, object? values = null) => connection.QuerySingleOrDefaultAsync<T>(Command(sql, values));

    private CommandDefinition Command(string sql, object? values) =>
        new(sql, values, transaction, cancellationToken: cancellationToken);
}
