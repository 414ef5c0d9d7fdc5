using System.Net;

namespace FeedWatch.Chat.Sending;

/// <summary>
/// The one client for all chats. Their addresses are the operator's and not guarded as feeds are, but no redirect is followed: it would
/// carry a token, or an alert, to a place that nobody chose.
/// </summary>
internal static class ChatHttp
{
    public static string Version { get; } = typeof(ChatHttp).Assembly.GetName().Version is { } v ? $"{v.Major}.{v.Minor}" : "0.0";

    public static HttpClient Open()
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.All,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5), // chats move between addresses
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
        };
        var http = new HttpClient(handler, disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.UserAgent.ParseAdd($"FeedWatch/{Version} (+https://feedwatch.org/bot)");
        return http;
    }
}
