using System.Text;
using FeedWatch.EndToEnd.Services;
using FeedWatch.Tests.Testing;

namespace FeedWatch.EndToEnd;

/// <summary>Nothing that a run leaves behind holds a secret: neither logs nor files, whatever goes wrong with what the secret is for.</summary>
public sealed class SecretsTests(RabbitServer rabbit) : IClassFixture<RabbitServer>, IDisposable
{
    private const string Mark = "TopSecret";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("feedwatch-secrets-test-");
    private readonly DirectoryInfo secrets = Directory.CreateTempSubdirectory("feedwatch-secrets-kept-");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        folder.Delete(recursive: true);
        secrets.Delete(recursive: true);
    }

    [Fact]
    public async Task No_log_file_or_answer_of_a_run_in_which_everything_is_refused_holds_a_secret()
    {
        await using var server = await FeedServer.ServingAsync(AFeed.With(AFeed.Takedown("Exclu", link: "https://herald.example/exclu", published: TimeProvider.System.GetUtcNow())));
        server.Answer("/closed", 401);
        server.Answer("/hooks/TopSecretHook", 404);
        server.Answer("/api/v4/posts", 401);
        string[] settings =
        [
            "--data", folder.FullName, "--Fetching:AllowedNetworks:0=127.0.0.0/8", "--Polling:MinimumInterval=1s", "--Polling:HostSpacing=0s", "--Health:Urls=", "--Serilog:MinimumLevel=Debug",
            "--Chat:Channels:0:Type=mattermost", "--Chat:Channels:0:Name=hook", $"--Chat:Channels:0:Url={server.At("/hooks/TopSecretHook")}",
            "--Chat:Channels:1:Type=mattermost", "--Chat:Channels:1:Name=post", $"--Chat:Channels:1:Url={server.Address}", "--Chat:Channels:1:Chat=abc", "--Chat:Channels:1:Token=TopSecretToken",
        ];
        var list = await ListAsync(server);
        var said = new StringBuilder();

        // Embedded, with a feed, a webhook and a bot that are all refused; then with a broker that refuses the login.
        await using (var service = FeedWatchProcess.Start(["run", "--feeds", list, .. settings]))
        {
            await service.WaitForAsync(s => s.Log.Any(l => l.Contains("\"hook\"", StringComparison.Ordinal) && l.Contains("404", StringComparison.Ordinal)) && s.Log.Any(l => l.Contains("401", StringComparison.Ordinal) && l.Contains("closed", StringComparison.Ordinal)));
            await service.TerminateAsync();
            Keep(said, service);
        }

        await using (var refused = FeedWatchProcess.Start(["run", "--feeds", list, .. settings, .. rabbit.Settings, "--Bus:Username=nobody", "--Bus:Password=TopSecretPassword", "--Bus:CommandSecret=TopSecretTopSecretTopSecretTopSecret"]))
        {
            await refused.WaitForAsync(s => s.Log.Any(l => l.Contains("ACCESS_REFUSED", StringComparison.Ordinal)));
            await refused.TerminateAsync();
            Keep(said, refused);
        }

        foreach (var arguments in new string[][]
        {
            ["config", .. settings.Skip(2), "--Bus:Password=TopSecretPassword", "--Storage:Provider=Postgres", "--Storage:ConnectionString=Host=127.0.0.1;Port=1;Password=TopSecretDb"],
            ["run", "--once", .. settings, "--Storage:Provider=Postgres", "--Storage:ConnectionString=Host=127.0.0.1;Port=1;Username=x;Password=TopSecretDb"],
            ["run", "--once", .. settings, "--Storage:Provider=Postgres", "--Storage:ConnectionString=Hst=127.0.0.1;Password=TopSecretDb"],
            ["feeds", "test", "Closed", "--feeds", list, "--data", folder.FullName, "--Fetching:AllowedNetworks:0=127.0.0.0/8"],
            ["chat", "test", "hook", .. settings.Skip(2)],
            ["chat", "test", "post", .. settings.Skip(2)],
            ["outbox", "list", "--data", folder.FullName],
            ["feeds", "list", "--feeds", list, "--data", folder.FullName],
        })
        {
            await using var command = FeedWatchProcess.Start(arguments);
            await command.EndedAsync();
            Keep(said, command);
        }

        Assert.Contains(server.Requests, r => r.Path == "/closed"); // it was tried, with the secret
        Assert.DoesNotContain(Mark, said.ToString(), StringComparison.OrdinalIgnoreCase);
        foreach (var file in folder.EnumerateFiles("*", SearchOption.AllDirectories).Where(f => f.FullName != list))
        {
            var content = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file.FullName, Cancelled));
            Assert.False(content.Contains(Mark, StringComparison.OrdinalIgnoreCase), $"{file.FullName} holds a secret.");
        }
    }

    [Fact]
    public async Task A_run_that_dies_of_an_unforeseen_fault_says_no_secret_either()
    {
        await using var service = FeedWatchProcess.StartDoomed("claimed", "run", "--once", "--data", folder.FullName, "--Chat:Channels:0:Type=slack", "--Chat:Channels:0:Url=https://hooks.slack.com/services/TopSecret/TopSecret/TopSecret");

        await service.EndedAsync();

        Assert.DoesNotContain(Mark, string.Join('\n', [.. service.Log, .. service.Output]), StringComparison.OrdinalIgnoreCase);
    }

    private static void Keep(StringBuilder said, FeedWatchProcess process) => said.AppendLine(string.Join('\n', [.. process.Output, .. process.Log]));

    private async Task<string> ListAsync(FeedServer server)
    {
        var (token, list) = (Path.Combine(secrets.FullName, "token"), Path.Combine(folder.FullName, "feeds.yaml"));
        await File.WriteAllTextAsync(token, "TopSecretBearer", Cancelled);
        await File.WriteAllTextAsync(
            list, $"feeds:\n  - url: {server.At("/rss")}\n    name: Herald\n  - url: {server.At("/closed")}\n    name: Closed\n    auth: {{ bearerFile: {token} }}\n", Cancelled);
        return list;
    }
}
