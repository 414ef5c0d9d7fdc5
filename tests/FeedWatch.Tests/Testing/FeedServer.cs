using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace FeedWatch.Tests.Testing;

/// <summary>A real web server on loopback whose answers a test sets by path.</summary>
internal sealed class FeedServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, Func<HttpContext, Task>> answers = new(StringComparer.Ordinal);

    private FeedServer(WebApplication app) => this.app = app;

    /// <summary>What was asked, in order.</summary>
    public ConcurrentQueue<SeenRequest> Requests { get; } = new();

    public Uri Address => new(app.Urls.First());

    public Uri At(string path) => new(Address, path);

    public static async Task<FeedServer> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        var app = builder.Build();
        var server = new FeedServer(app);
        app.Run(server.AnswerAsync);
        await app.StartAsync();
        return server;
    }

    public static async Task<FeedServer> ServingAsync(string feed, string path = "/rss")
    {
        var server = await StartAsync();
        server.Serve(feed, path);
        return server;
    }

    /// <summary>Serves the feed with an ETag of its content, and 304 to who has it.</summary>
    public void Serve(string feed, string path = "/rss") => Answer(path, async context =>
    {
        var etag = ValidatorOf(feed);
        context.Response.Headers.ETag = etag;
        if (context.Request.Headers.IfNoneMatch == etag)
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        context.Response.ContentType = "application/rss+xml; charset=utf-8";
        await context.Response.WriteAsync(feed, context.RequestAborted);
    });

    /// <summary>The ETag that a feed is served with.</summary>
    public static string ValidatorOf(string feed) => $"\"{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(feed)))[..12]}\"";

    public void Answer(string path, int status, string body = "", params (string Name, string Value)[] headers) => Answer(path, async context =>
    {
        context.Response.StatusCode = status;
        foreach (var (name, value) in headers) context.Response.Headers[name] = value;
        if (body.Length > 0) await context.Response.WriteAsync(body, context.RequestAborted);
    });

    public void Answer(string path, Func<HttpContext, Task> answer) => answers[path] = answer;

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private Task AnswerAsync(HttpContext context)
    {
        var request = context.Request;
        Requests.Enqueue(new SeenRequest(request.Path, request.Headers.IfNoneMatch.ToString(), request.Headers.IfModifiedSince.ToString(), request.Headers.UserAgent.ToString()));
        if (answers.TryGetValue(request.Path, out var answer)) return answer(context);
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}

internal sealed record SeenRequest(string Path, string IfNoneMatch, string IfModifiedSince, string UserAgent);

/// <summary>Builds RSS 2.0.</summary>
internal static class AFeed
{
    public static string With(params string[] items) =>
        $"<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel><title>A feed</title>{string.Concat(items)}</channel></rss>";

    public static string Item(string title, string? link, string summary = "", DateTimeOffset? published = null)
    {
        var item = new System.Xml.Linq.XElement("item", new System.Xml.Linq.XElement("title", title), new System.Xml.Linq.XElement("description", summary));
        if (link is not null) item.Add(new System.Xml.Linq.XElement("link", link));
        if (published is { } date) item.Add(new System.Xml.Linq.XElement("pubDate", date.ToString("r", CultureInfo.InvariantCulture)));
        return item.ToString();
    }

    /// <summary>A takedown that any detector of ours must find.</summary>
    public static string Takedown(string network = "EncroChat", int arrests = 38, string link = "https://herald.example/takedown", DateTimeOffset? published = null) => Item(
        $"Police take down encrypted phone network {network}, {arrests} arrested",
        link,
        $"Police across Europe have dismantled {network}, an encrypted phone network used by organised crime, Europol said. {arrests} people were arrested worldwide.",
        published);
}
