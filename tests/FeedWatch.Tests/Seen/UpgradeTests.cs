using DbUp;
using DbUp.Engine.Output;
using FeedWatch.Parsing;
using FeedWatch.Seen;
using FeedWatch.Storage;
using FeedWatch.Storage.Sqlite;
using FeedWatch.Tests.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace FeedWatch.Tests.Seen;

/// <summary>A database as the version before schema 0011 left it, brought up to date by a start.</summary>
public sealed class UpgradeTests : IDisposable
{
    private const int Known = 3000; // more than fits one statement's parameters
    private const string Amp = "https://amp.herald.example/2026/11/takedown/amp?amp=1"; // had another id then
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("feedwatch-upgrade-");

    public void Dispose()
    {
        if (folder.Exists) folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Every_article_of_the_version_before_is_still_known_and_nothing_is_told_again()
    {
        var takedown = AFeed.Takedown(published: Watch.Start);
        var items = Enumerable.Range(1, 30).Select(i => AFeed.Item($"Council debates cycle path {i}", $"https://herald.example/{i}", "The vote is on Thursday.", Watch.Start)).ToList();
        var amp = AFeed.Takedown(link: Amp, published: Watch.Start);
        await using var feeds = await FeedServer.ServingAsync(AFeed.With([takedown, amp, .. items]));
        MakeOld(feeds.At("/rss"));

        await using var watch = await Watch.InAsync(folder, [feeds.At("/rss")]);
        await watch.PollAsync();
        var again = watch.Told.Count;
        var known = await watch.Services.GetRequiredService<Database>().ReadAsync(
            session => session.QueryAsync<byte[]>("select id from seen order by id"), TestContext.Current.CancellationToken);
        feeds.Serve(AFeed.With([AFeed.Takedown("Sky ECC", link: "https://herald.example/sky", published: Watch.Start), takedown, amp, .. items]));
        await watch.PollAsync();

        Assert.Equal(0, again);
        Assert.Equal([.. Ids(feeds.At("/rss")).Order()], known.Select(ArticleId.Of).Order());
        Assert.NotEmpty(watch.Told);
        Assert.DoesNotContain(watch.Alerts, a => a.Title.Contains("EncroChat", StringComparison.Ordinal));
    }

    private static IEnumerable<Guid> Ids(Uri feed)
    {
        var id = NameUuid.Of("feed", feed.AbsoluteUri);
        string[] links = ["https://herald.example/takedown", Amp, .. Enumerable.Range(1, Known).Select(i => $"https://herald.example/{i}")];
        var articles = links.Select(l => new Article("", "", "", "", new Uri(l), null, null)).Select(a => new NewArticle(ArticleKey.Of(a, id), a, null));
        return articles.SelectMany(a => new[] { ArticleKey.Former(a, id), a.Id }).Distinct(); // what has a new name is known by both
    }

    private void MakeOld(Uri feed)
    {
        var path = Path.Combine(folder.FullName, SqliteDatabase.FileName);
        var before = DeployChanges.To.SqliteDatabase($"Data Source={path};Pooling=False")
            .WithScriptsEmbeddedInAssembly(typeof(Database).Assembly, name => name.EndsWith(".sql", StringComparison.Ordinal) && string.CompareOrdinal(name, "0011") < 0)
            .LogTo(new NoOpUpgradeLog())
            .Build()
            .PerformUpgrade();
        Assert.True(before.Successful);
        var id = NameUuid.Of("feed", feed.AbsoluteUri);
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var transaction = connection.BeginTransaction();
        Do($"insert into feeds (id, url, host, domain, name, enabled, polled_at, succeeded_at) values ('{id}', '{feed}', '{feed.Host}', '{feed}', 'Feed', 1, 1, 1)");
        foreach (var article in Ids(feed)) Do($"insert into articles (id, feed_id, seen_at) values ('{article}', '{id}', {Watch.Start.AddDays(-300).ToUnixTimeMilliseconds()})");
        Do("insert into outbox (event_id, subject, body, sequence, created_at, sent_at) values ('8c68dcea-57d5-35ee-1fa9-b718e87a6e8d', '8c68dcea-57d5-35ee-1fa9-b718e87a6e8d', '{}', 1, 1, 1)");
        transaction.Commit();

        void Do(string sql)
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }
    }
}
