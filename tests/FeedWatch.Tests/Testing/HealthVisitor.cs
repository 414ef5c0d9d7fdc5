using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace FeedWatch.Tests.Testing;

/// <summary>Asks the health pages as Kubernetes would.</summary>
internal static class HealthVisitor
{
    /// <summary>Null for the body where it is no JSON.</summary>
    public static async Task<(int Status, JsonElement? Body)> AskAsync(string address, string page, string? login = null, HttpMethod? method = null)
    {
        using var http = new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false });
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, new Uri(new Uri(address), page));
        if (login is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(login)));
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, text.StartsWith('{') ? JsonDocument.Parse(text).RootElement : null);
    }

    /// <summary>What is not well, by name.</summary>
    public static IReadOnlyList<string> Troubles(JsonElement report) =>
        [.. report.GetProperty("checks").EnumerateArray().Where(c => !c.GetProperty("ok").GetBoolean()).Select(c => c.GetProperty("name").GetString()!)];

    /// <summary>A port that nobody had a moment ago.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
