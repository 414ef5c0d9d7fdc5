using Dapper;
using FeedWatch.Tests.Testing;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace FeedWatch.EndToEnd.Crashing;

/// <summary>A start that takes what was posted from a file to a server, and is killed while it does.</summary>
[Collection(PostgresTests.Name)]
public sealed class CarryOverTests(PostgresServer postgres) : IDisposable
{
    private const string Posts = "select event_id || ' ' || channel || ' ' || state || ' ' || coalesce(reference, '') from delivery order by seq";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("feedwatch-carry-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task One_that_is_killed_anywhere_is_begun_again_and_in_the_end_everything_is_there_once()
    {
        await using var farm = await HitFarm.StartAsync();
        for (var i = 0; i < 5; i++) farm.Plant();
        var before = new CrashingService(farm, folder);
        await before.FinishAsync();
        var database = postgres.NewConnectionString();
        var after = new CrashingService(farm, folder, [.. before.Channel, "--Chat:Store:Provider=Postgres", $"--Chat:Store:ConnectionString={database}"]);
        var posts = FromFile();

        foreach (var point in new[] { "carrying-over", "carrying-over:2", "carrying-over:8", "carried-over" }) Assert.True(await after.DieAtAsync(point), point);
        await after.FinishAsync();

        Assert.NotEmpty(posts);
        Assert.Equal(posts, FromServer(database).Take(posts.Count));
        Assert.Equal(posts, FromFile());
        var toll = Toll.Of(farm, ToldEvent.In(after.Told));
        Assert.True(toll.IsNone, toll.ToString());
    }

    private List<string> FromFile()
    {
        using var file = new SqliteConnection($"Data Source={Path.Combine(folder.FullName, "chat.db")};Pooling=False");
        return file.Query<string>(Posts).AsList();
    }

    private static List<string> FromServer(string database)
    {
        using var server = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database) { SearchPath = "feedwatch_chat", Pooling = false }.ConnectionString);
        return server.Query<string>(Posts).AsList();
    }
}
