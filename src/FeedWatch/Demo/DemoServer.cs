using System.Globalization;
using System.Net;
using System.Xml.Linq;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace FeedWatch.Demo;

/// <summary>The outlets of the demo: a real web server on loopback whose feeds grow as the timeline goes on.</summary>
internal sealed class DemoServer : IAsyncDisposable
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";
    private static readonly XNamespace Content = "http://purl.org/rss/1.0/modules/content/";

    private readonly WebApplication app;
    private readonly DemoTimeline timeline;
    private readonly TimeProvider time;
    private DateTimeOffset start;

    private DemoServer(WebApplication app, DemoTimeline timeline, TimeProvider time) => (this.app, this.timeline, this.time, start) = (app, timeline, time, time.GetUtcNow());

    public Uri Address { get; private set; } = new("http://127.0.0.1");

    public IPEndPoint Endpoint => new(IPAddress.Loopback, Address.Port);

    public Uri FeedOf(DemoOutlet outlet) => new(Address, $"/{outlet.Id}.{outlet.Format}");

    public Uri LinkOf(DemoItem item) => new(Address, item.Path);

    public static async Task<DemoServer> StartAsync(DemoTimeline timeline, TimeProvider time, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var server = new DemoServer(app, timeline, time);
        app.Run(server.AnswerAsync);
        await app.StartAsync(cancellationToken);
        server.Address = new Uri(app.Urls.First());
        return server;
    }

    /// <summary>How long it is until then; nothing where that is over.</summary>
    public TimeSpan Until(TimeSpan offset) => start + offset - time.GetUtcNow() is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;

    /// <summary>The timeline begins now.</summary>
    public void Begin() => start = time.GetUtcNow();

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var name = context.Request.Path.Value!.TrimStart('/').Split('.')[0];
        if (timeline.Feeds.Find(f => f.Id == name) is not { } outlet)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var elapsed = time.GetUtcNow() - start;
        var items = timeline.Items.Where(i => i.Feed == outlet.Id && i.Offset <= elapsed).Reverse().ToList();
        var etag = string.Create(CultureInfo.InvariantCulture, $"\"{outlet.Id}-{items.Count}\"");
        context.Response.Headers.ETag = etag;
        if (context.Request.Headers.IfNoneMatch == etag)
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        context.Response.ContentType = $"application/{outlet.Format}+xml; charset=utf-8";
        await context.Response.WriteAsync((outlet.Format == "atom" ? AtomFeed(outlet, items) : RssFeed(outlet, items)).ToString(), context.RequestAborted);
    }

    private XElement RssFeed(DemoOutlet outlet, IEnumerable<DemoItem> items) => new(
        "rss",
        new XAttribute("version", "2.0"),
        new XAttribute(XNamespace.Xmlns + "content", Content),
        new XElement(
            "channel",
            new XElement("title", outlet.Name),
            new XElement("link", Address),
            new XElement("description", outlet.Name),
            new XElement("language", outlet.Language),
            items.Select(item => new XElement(
                "item",
                new XElement("title", item.Title),
                new XElement("link", LinkOf(item)),
                new XElement("guid", LinkOf(item)),
                new XElement("pubDate", (start + item.PublishedAfter).ToString("r", CultureInfo.InvariantCulture)),
                new XElement("description", item.Summary),
                item.Content.Length > 0 ? new XElement(Content + "encoded", item.Content) : null))));

    private XElement AtomFeed(DemoOutlet outlet, IEnumerable<DemoItem> items) => new(
        Atom + "feed",
        new XElement(Atom + "title", outlet.Name),
        new XElement(Atom + "id", FeedOf(outlet)),
        new XElement(Atom + "link", new XAttribute("href", Address)),
        new XElement(Atom + "updated", (start + timeline.Length).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)),
        items.Select(item => new XElement(
            Atom + "entry",
            new XElement(Atom + "title", item.Title),
            new XElement(Atom + "id", LinkOf(item)),
            new XElement(Atom + "link", new XAttribute("href", LinkOf(item))),
            new XElement(Atom + "published", (start + item.PublishedAfter).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)),
            new XElement(Atom + "summary", new XAttribute("type", "html"), item.Summary),
            item.Content.Length > 0 ? new XElement(Atom + "content", new XAttribute("type", "html"), item.Content) : null)));
}
