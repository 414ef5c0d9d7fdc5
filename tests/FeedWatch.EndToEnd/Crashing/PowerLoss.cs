using System.Globalization;
using Dapper;
using FeedWatch.Contracts;
using Microsoft.Data.Sqlite;

namespace FeedWatch.EndToEnd.Crashing;

/// <summary>The files of a running service with their logs cut short: each must hold a past that was, and what is missing from it must come again.</summary>
internal sealed class PowerLoss : IDisposable
{
    private readonly HitFarm farm;
    private readonly DirectoryInfo folder;
    private readonly DirectoryInfo bench;
    private readonly Dictionary<Guid, Guid> events; // by article
    private readonly string[] told;

    private PowerLoss(HitFarm farm, DirectoryInfo folder)
    {
        (this.farm, this.folder) = (farm, folder);
        Service = new CutLog(folder.FullName, "feedwatch.db");
        Chat = new CutLog(folder.FullName, "chat.db");
        told = File.ReadAllLines(Told(folder.FullName));
        events = told.Select(EventJson.Deserialize).OfType<ArticleMatched>().ToDictionary(e => e.Article.Id, e => e.Id);
        bench = Directory.Exists("/dev/shm") ? Directory.CreateDirectory($"/dev/shm/{folder.Name}") : folder.CreateSubdirectory("bench");
    }

    public CutLog Service { get; }

    public CutLog Chat { get; }

    /// <summary>Takes the files of a service that runs and has told a few hits, one after the other.</summary>
    public static async Task<PowerLoss> OfRunningServiceAsync(HitFarm farm, DirectoryInfo folder, int hits)
    {
        var running = new CrashingService(farm, folder);
        await using var service = running.Start();
        for (var i = 0; i < hits; i++)
        {
            farm.Plant();
            await service.WaitForAsync(_ => Toll.Of(farm, ToldEvent.In(running.Told)).Lost.Count == 0 && IsQuiet(folder.FullName));
        }

        return new PowerLoss(farm, folder);
    }

    /// <summary>What is wrong with the database when its log ends after so many bytes; nothing where it holds a past that was.</summary>
    public string? FlawOfService(int length)
    {
        Service.CutInto(bench.FullName, length);
        using var connection = Service.Open(bench.FullName);
        if (connection.ExecuteScalar<string>("pragma integrity_check") is var verdict and not "ok") return verdict;
        var tables = Tables(connection);
        if (!tables.Contains("standing")) return null; // a service that never came to its first poll

        var outbox = connection.Query<string>("select event_id from outbox").Select(Guid.Parse).ToHashSet();
        var seen = connection.Query<byte[]>("select id from seen").Select(id => new Guid(id, bigEndian: true)).ToHashSet();
        foreach (var (article, @event) in events)
        {
            if (seen.Contains(article) != outbox.Contains(@event)) return $"article {article} is {(seen.Contains(article) ? "seen and not told" : "told and not seen")}";
        }

        foreach (var etag in connection.Query<string>("select etag from feeds where etag is not null"))
        {
            if (farm.LinksUnder(etag).Count(link => !IsTold(connection, link)) is var missing and > 0) return $"validator {etag} is kept and {missing} of its articles are not";
        }

        return connection.QueryFirstOrDefault<string>(
            "select i.id || ' is at ' || i.sequence from incidents i where i.sequence <> (select coalesce(max(o.sequence), 0) from outbox o where o.subject = i.id)") is { } ahead ? $"incident {ahead}, ahead of its outbox" : null;
    }

    /// <summary>The same for the ledger of posts.</summary>
    public string? FlawOfChat(int length)
    {
        Chat.CutInto(bench.FullName, length);
        using var connection = Chat.Open(bench.FullName);
        if (connection.ExecuteScalar<string>("pragma integrity_check") is var verdict and not "ok") return verdict;
        if (!Tables(connection).Contains("delivery")) return null;
        if (connection.ExecuteScalar<int>("select count(*) from event e where not exists (select 1 from delivery d where d.event_id = e.id)") is var bare and > 0) return $"{bare} events without their delivery";
        if (connection.ExecuteScalar<int>("select count(*) from delivery d where not exists (select 1 from event e where e.id = d.event_id)") is var orphans and > 0) return $"{orphans} deliveries without their event";
        return connection.ExecuteScalar<int>("select count(*) from delivery where state = 'sent' and tries = 0") is var unmeant and > 0 ? $"{unmeant} posts without an intent" : null;
    }

    /// <summary>Starts a service on the database with its log cut short, beside the ledger that it had, and gives what it tells that was told before.</summary>
    public async Task<IReadOnlyList<string>> ToldAgainAsync(int length)
    {
        var cut = folder.CreateSubdirectory(string.Create(CultureInfo.InvariantCulture, $"cut-{length}"));
        Service.CutInto(cut.FullName, length);
        Chat.CutInto(cut.FullName, Chat.Length);
        File.Copy(Told(folder.FullName), Told(cut.FullName));
        await new CrashingService(farm, cut).FinishAsync();

        using var connection = Service.Open(cut.FullName);
        var lost = events.Values.Except(connection.Query<string>("select event_id from outbox").Select(Guid.Parse)).Select(id => $"{id} did not come again");
        var repeated = File.ReadAllLines(Told(cut.FullName)).Skip(told.Length).Select(line => $"told again: {line}");
        return [.. lost, .. repeated];
    }

    public void Dispose() => bench.Delete(recursive: true);

    private static bool IsTold(SqliteConnection connection, Uri link) =>
        connection.ExecuteScalar<bool>("select exists (select 1 from outbox where body like @Body)", new { Body = $"%\"link\":\"{link}\"%" });

    private static HashSet<string> Tables(SqliteConnection connection) => [.. connection.Query<string>("select name from sqlite_master where type = 'table'")];

    /// <summary>Whether everything that was decided is posted, and noted as posted.</summary>
    private static bool IsQuiet(string folder)
    {
        using var service = new SqliteConnection($"Data Source={Path.Combine(folder, "feedwatch.db")};Mode=ReadOnly;Pooling=False");
        using var chat = new SqliteConnection($"Data Source={Path.Combine(folder, "chat.db")};Mode=ReadOnly;Pooling=False");
        service.Open();
        chat.Open();
        return service.ExecuteScalar<int>("select count(*) from outbox where sent_at is null") + chat.ExecuteScalar<int>("select count(*) from delivery where state <> 'sent'") == 0;
    }

    private static string Told(string folder) => Path.Combine(folder, "told.jsonl");
}
