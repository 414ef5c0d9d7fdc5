using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace FeedWatch.Commands.Etiquette;

/// <summary>A publisher on loopback that behaves in every way the rules speak of, and writes down who asked what and when.</summary>
internal sealed class EtiquetteOrigin : IAsyncDisposable
{
    private const string OneDate = "Tue, 8 Jun 2021 09:30:00 +0000"; // not as .NET would write it: it must come back byte for byte

    private readonly WebApplication app;
    private readonly TimeProvider time;
    private readonly DateTimeOffset start;
    private readonly List<Asked> log = [];
    private int inFlight;

    private EtiquetteOrigin(WebApplication app, TimeProvider time) => (this.app, this.time, start) = (app, time, time.GetUtcNow());

    public static IReadOnlyList<string> Paths { get; } =
        ["plain", "changing", "offers", "fresh", "ttl", "unmarked", "busy", "away", "moved", "found", "gone", "missing", "loop", "page"];

    public Uri Address { get; private set; } = new("http://127.0.0.1");

    public IPEndPoint Endpoint => new(IPAddress.Loopback, Address.Port);

    /// <summary>The most requests that were open at the same time.</summary>
    public int MostAtOnce { get; private set; }

    public static async Task<EtiquetteOrigin> StartAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var origin = new EtiquetteOrigin(app, time);
        app.Run(origin.AnswerAsync);
        await app.StartAsync(cancellationToken);
        origin.Address = new Uri(app.Urls.First());
        return origin;
    }

    public IReadOnlyList<Asked> Of(string path)
    {
        lock (log) return [.. log.Where(a => a.Path == path)];
    }

    public IReadOnlyList<Asked> All()
    {
        lock (log) return [.. log];
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!.Trim('/');
        var hour = (int)(time.GetUtcNow() - start).TotalHours;
        int times;
        lock (log)
        {
            MostAtOnce = Math.Max(MostAtOnce, ++inFlight);
            times = log.Count(a => a.Path == path);
            log.Add(new Asked(path, time.GetUtcNow(), context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase), context.Request.QueryString.Value ?? ""));
        }

        try
        {
            await AnswerAsync(context, path, hour, times);
        }
        finally
        {
            lock (log) inFlight--;
        }
    }

    private Task AnswerAsync(HttpContext context, string path, int hour, int times) => path switch
    {
        "changing" => FeedAsync(context, $"\"v{hour / 3}\"", OneDate, $"news of hour {hour / 3}"),
        "offers" => FeedAsync(context, $"W/\"offer {times}\"", null, "quiet", alwaysUnchanged: times > 0),
        "fresh" => FeedAsync(context, "\"fresh\"", null, "quiet", cacheControl: "max-age=7200"),
        "ttl" => FeedAsync(context, "\"ttl\"", null, "quiet", channel: "<ttl>180</ttl>"),
        "unmarked" => FeedAsync(context, null, null, "quiet"),
        "busy" when times == 0 => Status(context, 429, ("Retry-After", "7200")),
        "away" when times == 0 => Status(context, 503, ("Retry-After", (time.GetUtcNow() + TimeSpan.FromHours(3)).ToString("r", CultureInfo.InvariantCulture))),
        "moved" => Status(context, 301, ("Location", "/moved-here")),
        "found" => Status(context, 302, ("Location", "/found-here")),
        "gone" => Status(context, 410),
        "missing" => Status(context, 404),
        "loop" => Status(context, 302, ("Location", "/loop")),
        "page" => PageAsync(context),
        _ => FeedAsync(context, "\"one\"", OneDate, "quiet"),
    };

    private static async Task FeedAsync(HttpContext context, string? etag, string? modified, string news, string? cacheControl = null, string channel = "", bool alwaysUnchanged = false)
    {
        if (etag is not null) context.Response.Headers.ETag = etag;
        if (modified is not null) context.Response.Headers.LastModified = modified;
        if (cacheControl is not null) context.Response.Headers.CacheControl = cacheControl;
        if (alwaysUnchanged || (etag is not null && context.Request.Headers.IfNoneMatch == etag))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        context.Response.ContentType = "application/rss+xml";
        await context.Response.WriteAsync($"<rss version='2.0'><channel><title>Etiquette</title>{channel}<item><title>{news}</title><link>https://etiquette.invalid/{Uri.EscapeDataString(news)}</link></item></channel></rss>", context.RequestAborted);
    }

    private static async Task PageAsync(HttpContext context)
    {
        context.Response.Headers.ETag = "\"page\"";
        await context.Response.WriteAsync("<!doctype html><html><body>Please sign in to this hotel's network.</body></html>", context.RequestAborted);
    }

    private static Task Status(HttpContext context, int status, params (string Name, string Value)[] headers)
    {
        context.Response.StatusCode = status;
        foreach (var (name, value) in headers) context.Response.Headers[name] = value;
        return Task.CompletedTask;
    }
}

/// <summary>One request, as the origin saw it.</summary>
internal sealed record Asked(string Path, DateTimeOffset At, IReadOnlyDictionary<string, string> Headers, string Query)
{
    public string Header(string name) => Headers.GetValueOrDefault(name, "");
}
