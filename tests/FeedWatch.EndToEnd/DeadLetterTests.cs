using FeedWatch.Contracts;
using FeedWatch.EndToEnd.Services;
using FeedWatch.Publishing;
using FeedWatch.Storage;
using FeedWatch.Storage.Sqlite;

namespace FeedWatch.EndToEnd;

/// <summary>What a real RabbitMQ refuses for its own sake.</summary>
public sealed class DeadLetterTests(RabbitServer rabbit) : IClassFixture<RabbitServer>, IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("feedwatch-dead-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task An_event_that_is_too_large_for_the_broker_ends_as_a_dead_letter_and_the_others_arrive()
    {
        var settings = rabbit.Settings;
        var large = Burst("large") with { Entries = [.. Enumerable.Range(1, 300).Select(i => new BurstEntry { EventId = NameUuid.Of("event", $"{i}"), IncidentId = NameUuid.Of("incident", $"{i}"), Title = new string('x', 60) })] };
        await StoreAsync([large, .. Enumerable.Range(1, 200).Select(i => Burst($"small {i}"))]);
        var list = Path.Combine(folder.FullName, "feeds.yaml");
        await File.WriteAllTextAsync(list, "feeds:\n  - name: None\n    url: https://none.example/rss\n    enabled: false\n", TestContext.Current.CancellationToken);

        await using var service = FeedWatchProcess.Start(["run", "--feeds", list, "--data", folder.FullName, .. settings]);
        await service.WaitForAsync(s => s.Log.Any(l => l.Contains("Gave up telling event", StringComparison.Ordinal)));

        Assert.Equal(0, await service.TerminateAsync());
        var listed = await FeedWatchProcess.RunAsync("outbox", "list", "--data", folder.FullName);
        Assert.Contains(listed.Output, l => l.StartsWith("dead", StringComparison.Ordinal) && l.Contains(large.Id.ToString(), StringComparison.Ordinal));
        using var data = DataFolder.Open(folder.FullName);
        using var database = SqliteDatabase.Open(data);
        Assert.Equal(200, await database.ReadAsync(s => s.FindAsync<int>("select count(*) from outbox where sent_at is not null"), TestContext.Current.CancellationToken));
        Assert.Equal([large.Id], await database.ReadAsync(s => s.QueryAsync<Guid>("select event_id from outbox where dead_at is not null order by position"), TestContext.Current.CancellationToken));
    }

    private static BurstSummary Burst(string name) =>
        new() { Id = NameUuid.Of("event", name), Time = TimeProvider.System.GetUtcNow(), Severity = Severity.Info, Feed = name, Entries = [] };

    private async Task StoreAsync(IReadOnlyList<FeedWatchEvent> events)
    {
        using var data = DataFolder.Open(folder.FullName);
        using var database = SqliteDatabase.Open(data);
        using var signal = new OutboxSignal();
        await database.WriteAsync(s => new Outbox(database, TimeProvider.System, signal).AddAsync(s, events), TestContext.Current.CancellationToken);
    }
}
