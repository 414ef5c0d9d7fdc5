using System.CommandLine;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using FeedWatch.Health;
using FeedWatch.Health.Serving;
using FeedWatch.Hosting;

namespace FeedWatch.Commands;

/// <summary><c>feedwatch health</c>: asks a running FeedWatch how it is, at the address of the same settings. Made for a container's health check.</summary>
internal static class HealthCommand
{
    /// <summary>One that takes longer is not well, whatever it says then.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    private const int Ok = 200;
    private const int Unauthorized = 401;
    private const int LongestAnswer = 64 * 1024; // bytes; a report is one or two thousand

    public static Command Create(IReadOnlyList<string> settings)
    {
        var live = new Option<bool>("--live") { Description = "Only whether it lives: 1 where nothing but a new start helps." };
        var json = new Option<bool>("--json") { Description = "Print the answer as it came, in one line of JSON." };
        var command = new Command("health", "Ask a running FeedWatch with the same settings how it is: 0 where it does its work, 1 where it does not or does not answer.");
        command.Options.Add(live);
        command.Options.Add(json);
        command.SetAction((parsed, cancellationToken) => RunAsync(
            WatchHost.Health(Settings.Read(settings, new Dictionary<string, string?>())),
            parsed.GetValue(live) ? HealthPages.Live : HealthPages.Ready,
            parsed.GetValue(json),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(HealthOptions options, string page, bool json, CancellationToken cancellationToken)
    {
        if (options.Addresses() is not [var url, ..]) throw new SettingsException(["Health:Urls is empty, so that FeedWatch answers nobody; name an address, http://127.0.0.1:8080."]);

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        string fault;
        try
        {
            var (status, body) = await AskAsync(url, page, options.Authorization(), patience.Token);
            if (Read(body) is { } report)
            {
                await Console.Out.WriteLineAsync(json ? body : Words(report));
                return status == Ok ? ExitCode.Done : ExitCode.Failed;
            }

            fault = status == Unauthorized
                ? "it wants another password; check Health:User and Health:PasswordFile"
                : $"another program answers there ({status}); check Health:Urls";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            fault = $"no answer within {Patience.TotalSeconds:0} s";
        }
        catch (Exception ex) when (ex is SocketException or IOException)
        {
            fault = $"nobody answers there ({ex.Message}); check that FeedWatch runs, with the same Health:Urls";
        }

        await Console.Error.WriteLineAsync($"{url.Text}{page}: {fault}.");
        return ExitCode.Failed;
    }

    // By hand: a container asks every few seconds, and the HTTP client of .NET costs as much processor time as all the rest.
    private static async Task<(int Status, string Body)> AskAsync(HealthUrl url, string page, string? authorization, CancellationToken cancellationToken)
    {
        await using var stream = await url.ConnectAsync(cancellationToken);
        var login = authorization is null ? "" : $"Authorization: {authorization}\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET {page} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{login}\r\n"), cancellationToken);

        var answer = new byte[LongestAnswer];
        var length = 0;
        while (length < answer.Length && await stream.ReadAsync(answer.AsMemory(length), cancellationToken) is > 0 and var more) length += more;
        var text = Encoding.UTF8.GetString(answer, 0, length);
        var body = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return body > 0 && text.Length > 12 && text.StartsWith("HTTP/1.", StringComparison.Ordinal) && int.TryParse(text.AsSpan(9, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var status)
            ? (status, text[(body + 4)..])
            : throw new IOException("what answers does not speak HTTP");
    }

    private static HealthReport? Read(string body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, HealthJson.Default.HealthReport) is { Service: HealthReport.OfFeedWatch } report ? report : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Words(HealthReport report)
    {
        var status = report.Status is HealthStatus.NotReady ? "not ready" : $"{report.Status}".ToLowerInvariant();
        var lines = report.Checks.Select(c => c.Ok ? Line(c, "ok") : $"{Line(c, "not well")}: {c.Why}. {c.Remedy}");
        return string.Join('\n', lines.Prepend(string.Create(CultureInfo.InvariantCulture, $"FeedWatch {report.Version} is {status} since {report.Since:u}")));

        static string Line(CheckReport check, string state) => string.Create(CultureInfo.InvariantCulture, $"  {check.Name,-9} {state} since {check.Since:u}");
    }
}
