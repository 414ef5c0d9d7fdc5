using System.Text.Json;
using System.Text.RegularExpressions;
using FeedWatch.Chat.Keeping;
using FeedWatch.Storage;
using FeedWatch.Storage.Sqlite;
using FeedWatch.Tests.Testing;

namespace FeedWatch.EndToEnd;

/// <summary>What the commands of the exit-code table find: a running service, a folder of a newer FeedWatch, one that is in use, files good and bad.</summary>
public sealed partial class ExitCodes : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("feedwatch-codes-");
    private readonly Dictionary<string, string> names = [];
    private readonly List<DataFolder> held = [];
    private FeedServer server = null!;
    private FeedWatchProcess? service;
    private int fresh;

    public async ValueTask InitializeAsync()
    {
        var now = TimeProvider.System.GetUtcNow();
        server = await FeedServer.ServingAsync(AFeed.With(AFeed.Takedown(published: now)));
        server.Serve(AFeed.With(AFeed.Item("Quiet day", "https://herald.example/quiet", published: now)), "/quiet");
        server.Answer("/broken", 500);
        names["server"] = server.Address.ToString().TrimEnd('/');
        names["empty"] = folder.CreateSubdirectory("empty").FullName;
        Write("feeds", $"feeds:\n  - url: {server.At("/rss")}\n    name: Herald\n    language: en\n");
        Write("broken", $"feeds:\n  - url: {server.At("/broken")}\n    name: Broken\n    language: en\n");
        Write("unreadable", "feeds: [");
        Write("opml", $"<opml version='2.0'><body><outline type='rss' text='Quiet' xmlUrl='{server.At("/quiet")}'/></body></opml>");
        Write("rss", AFeed.With(AFeed.Takedown(published: now)));
        Write("text", "Police take down the encrypted phone network EncroChat.");
        Write("articles", """{"id":"1","title":"Police take down encrypted phone network EncroChat","summary":"38 were arrested.","date":"2026-01-01T08:00:00Z"}""" + "\n");
        Write("noarticles", "{oops\n");
        Write("labelled", string.Concat(Enumerable.Range(0, 10).Select(i => $"{{\"title\":\"Police take down encrypted phone network {i}\",\"label\":\"takedown\"}}\n{{\"title\":\"Council debates cycle path {i}\",\"label\":\"unrelated\"}}\n")));

        var data = names["data"] = Path.Combine(folder.FullName, "data");
        var first = await FeedWatchProcess.RunAsync("run", "--once", "--json", "--feeds", names["feeds"], "--data", data, "--Fetching:AllowedNetworks:0=127.0.0.0/8");
        Assert.Equal(0, first.Code);
        Write("event", first.Output[0]);
        names["incident"] = JsonDocument.Parse(first.Output[0]).RootElement.GetProperty("incidentId").GetString()!;
        MakeNewer(data);
        Hold();

        names["well"] = $"http://127.0.0.1:{HealthVisitor.FreePort()}";
        service = FeedWatchProcess.Start("run", "--feeds", names["feeds"], "--data", data, "--Fetching:AllowedNetworks:0=127.0.0.0/8", $"--Health:Urls={names["well"]}");
        await service.WaitForAsync(s => s.Log.Any(l => l.Contains("FeedWatch watches", StringComparison.Ordinal)));
        while ((await FeedWatchProcess.RunAsync("health", "--Health:Urls", names["well"])).Code != 0) await Task.Delay(100);
    }

    /// <summary>Runs a line as it is typed, with names in braces for what lies here, and <c>&lt; {name}</c> behind it for what is typed into it.</summary>
    public async Task<(int Code, string Said)> TypeAsync(string line)
    {
        var (command, input) = line.Split(" < ") is [var before, var file] ? (before, Named(file)) : (line, null);
        string[] words = [.. Words(command)];
        var run = input is null ? await FeedWatchProcess.RunAsync(words) : await FeedWatchProcess.RunWithInputAsync(input, words);
        return (run.Code, run.Log);
    }

    /// <summary>A line as its words.</summary>
    public IEnumerable<string> Words(string line) => [.. line.Split(' ').Select(Named), "--Fetching:AllowedNetworks:0=127.0.0.0/8"];

    public async ValueTask DisposeAsync()
    {
        if (service is not null) await service.DisposeAsync();
        foreach (var one in held) one.Dispose();
        await server.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private string Named(string word) => Name().Replace(word, match => match.Groups[1].Value switch
    {
        "fresh" => Fresh(), // for whoever writes
        "list" => OwnList(),
        var name => names[name],
    });

    private string Fresh() => Path.Combine(folder.FullName, $"fresh-{Interlocked.Increment(ref fresh)}");

    private string OwnList()
    {
        var list = Fresh() + ".yaml";
        File.WriteAllText(list, $"{File.ReadAllText(names["feeds"])}  - url: {server.At("/other")}\n    name: Other\n    language: en\n");
        return list;
    }

    private void MakeNewer(string data)
    {
        var newer = names["newer"] = Path.Combine(folder.FullName, "newer");
        Directory.CreateDirectory(Path.Combine(newer, "bot"));
        DatabaseCopy.Take(data, Path.Combine(newer, SqliteDatabase.FileName));
        LedgerCopy.Take(data, Path.Combine(newer, LedgerCopy.Name));
        LedgerCopy.Take(data, Path.Combine(newer, "bot", LedgerCopy.Name));
        LandedData.Do(Path.Combine(newer, SqliteDatabase.FileName), "insert into SchemaVersions (ScriptName, Applied) values ('9999-from-the-future.sql', '2030-01-01')");
        LandedData.Do(Path.Combine(newer, LedgerCopy.Name), "pragma user_version = 9999");
        LandedData.Do(Path.Combine(newer, "bot", LedgerCopy.Name), "pragma user_version = 9999");
    }

    private void Hold()
    {
        names["held"] = Path.Combine(folder.FullName, "held");
        held.Add(DataFolder.Open(names["held"]));
        held.Add(DataFolder.Open(Path.Combine(names["held"], "bot")));
    }

    private void Write(string name, string content)
    {
        names[name] = Path.Combine(folder.FullName, $"{name}{(name is "opml" ? ".opml" : name is "rss" ? ".xml" : name is "text" ? ".txt" : name is "feeds" or "broken" or "unreadable" ? ".yaml" : ".jsonl")}");
        File.WriteAllText(names[name], content);
    }

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Name();
}
