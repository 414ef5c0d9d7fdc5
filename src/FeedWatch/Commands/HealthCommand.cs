using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
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
                return status is HttpStatusCode.OK ? ExitCode.Done : ExitCode.Failed;
            }

            fault = status is HttpStatusCode.Unauthorized
                ? "it wants another password; check Health:User and Health:PasswordFile"
                : $"another program answers there ({(int)status}); check Health:Urls";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            fault = $"no answer within {Patience.TotalSeconds:0} s";
        }
        catch (Exception ex) when (ex is HttpRequestException or SocketException or IOException)
        {
            fault = $"nobody answers there ({ex.InnerException?.Message ?? ex.Message}); check that FeedWatch runs, with the same Health:Urls";
        }

        await Console.Error.WriteLineAsync($"{url.Text}{page}: {fault}.");
        return ExitCode.Failed;
    }

    private static async Task<(HttpStatusCode Status, string Body)> AskAsync(HealthUrl url, string page, string? authorization, CancellationToken cancellationToken)
    {
        using var http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            ConnectCallback = async (_, cancelled) => await url.ConnectAsync(cancelled),
        });
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"http://localhost{page}"));
        if (authorization is not null) request.Headers.Authorization = AuthenticationHeaderValue.Parse(authorization);
        using var response = await http.SendAsync(request, cancellationToken);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
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
