using DbUp;
using DbUp.Engine.Output;
using FeedWatch.Contracts;
using FeedWatch.Storage.Sqlite;
using FeedWatch.Tests.Testing;
using Microsoft.Data.Sqlite;

namespace FeedWatch.Tests.Seen;

/// <summary>A database as the version before schema 0012 left it, told articles and all, brought up to date by a start.</summary>
public sealed class IdentityUpgradeTests : IAsyncLifetime
{
    private static readonly string Takedown = AFeed.Takedown(published: Watch.Start);
    private static readonly string[] Quiet = [.. Enumerable.Range(1, 30).Select(i => AFeed.Item($"Council debates cycle path {i}", $"https://herald.example/{i}", "The vote is on Thursday.", Watch.Start))];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("feedwatch-identity-");
    private FeedServer feeds = null!;

    public async ValueTask InitializeAsync()
    {
        feeds = await FeedServer.ServingAsync(AFeed.With([Takedown, .. Quiet]));
        feeds.Serve(AFeed.With([Takedown, .. Quiet]), "/other");
    }

    public async ValueTask DisposeAsync()
    {
        await feeds.DisposeAsync();
        if (folder.Exists) folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)] // a feed that was read before the standing was kept, and answered "not modified" ever since
    public async Task Nothing_is_told_again_and_what_is_new_is(bool standing)
    {
        await MakeOldAsync(standing);

        await using var watch = await Watch.InAsync(folder, [feeds.At("/rss"), feeds.At("/other")]);
        await watch.PollAsync();
        var again = watch.Told.Count;
        feeds.Serve(AFeed.With([AFeed.Takedown("Sky ECC", link: "https://herald.example/sky", published: Watch.Start), Takedown, .. Quiet]));
        await watch.PollAsync();

        Assert.Equal(0, again);
        Assert.Contains("Sky ECC", Assert.Single(watch.Alerts).Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_article_told_by_the_version_before_is_updated_by_its_edit_and_not_told_anew()
    {
        await MakeOldAsync(standing: true);
        await using var watch = await Watch.InAsync(folder, [feeds.At("/rss"), feeds.At("/other")]);
        await watch.PollAsync();

        feeds.Serve(AFeed.With([AFeed.Takedown(arrests: 51, published: Watch.Start), .. Quiet]));
        await watch.PollAsync();
        await watch.PassAsync(TimeSpan.FromHours(1));

        Assert.IsType<IncidentUpdated>(Assert.Single(watch.Told));
    }

    // The present version fills a database, which is then carried back: the rows of the former schema are the same but for what is added.
    private async Task MakeOldAsync(bool standing)
    {
        var rows = Directory.CreateTempSubdirectory("feedwatch-identity-rows-");
        await using var watch = await Watch.InAsync(rows, [feeds.At("/rss"), feeds.At("/other")]);
        await watch.PollAsync();
        Assert.Single(watch.Alerts);
        Carry(Path.Combine(rows.FullName, SqliteDatabase.FileName), standing);
    }

    private void Carry(string from, bool standing)
    {
        var path = Path.Combine(folder.FullName, SqliteDatabase.FileName);
        var before = DeployChanges.To.SqliteDatabase($"Data Source={path};Pooling=False")
            .WithScriptsEmbeddedInAssembly(typeof(SqliteDatabase).Assembly, name => name.EndsWith(".sql", StringComparison.Ordinal) && string.CompareOrdinal(name, "0012") < 0)
            .LogTo(new NoOpUpgradeLog())
            .Build()
            .PerformUpgrade();
        Assert.True(before.Successful);
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        Do($"attach '{from}' as filled");
        foreach (var table in new[] { "feeds", "seen", "standing", "incidents", "incident_keys", "incident_articles", "outbox" })
        {
            var columns = Ask($"select group_concat(name) from pragma_table_info('{table}', 'main')");
            Do($"insert into main.{table} ({columns}) select {columns} from filled.{table}");
        }

        Do("update feeds set etag = null, last_modified = null");
        if (!standing) Do("delete from standing");
        Assert.Equal(1L, Ask("select count(*) from incident_articles"));

        void Do(string sql) => Ask(sql);

        object? Ask(string sql)
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            return command.ExecuteScalar();
        }
    }
}
