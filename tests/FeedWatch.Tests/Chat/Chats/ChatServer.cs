using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace FeedWatch.Tests.Chat.Chats;

/// <summary>
/// A chat's server on loopback. It keeps what it was asked and answers by the rules it is given; before those, what a test puts in line.
/// </summary>
internal sealed class ChatServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly Func<Asked, Answer> rules;
    private readonly ConcurrentQueue<Answer> next = new();
    private readonly ConcurrentQueue<Asked> asked = new();
    private readonly SemaphoreSlim arrived = new(0);

    private ChatServer(WebApplication app, Func<Asked, Answer> rules) => (this.app, this.rules) = (app, rules);

    public Uri Address => new(app.Urls.First());

    /// <summary>In order.</summary>
    public IReadOnlyList<Asked> Requests => [.. asked];

    public static async Task<ChatServer> StartAsync(Func<Asked, Answer> rules)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        var app = builder.Build();
        var server = new ChatServer(app, rules);
        app.Run(server.AnswerAsync);
        await app.StartAsync();
        return server;
    }

    /// <summary>Answers to the next requests, in place of the rules.</summary>
    public void Next(params Answer[] answers) => Array.ForEach(answers, next.Enqueue);

    /// <summary>Completes when one more request has arrived whole.</summary>
    public Task ArrivedAsync() => arrived.WaitAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        arrived.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var request = new Asked(context.Request.Method, context.Request.Path, context.Request.QueryString.ToString(), await reader.ReadToEndAsync(context.RequestAborted))
        {
            Headers = context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase),
        };
        asked.Enqueue(request);
        arrived.Release();
        var answer = next.TryDequeue(out var first) ? first : rules(request);
        if (answer.Hangs) await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (answer.Hangs || answer.Cuts)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers) context.Response.Headers[name] = value;
        await context.Response.WriteAsync(answer.Body, context.RequestAborted);
    }
}

internal sealed record Asked(string Method, string Path, string Query, string Body)
{
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    public JsonElement Json => JsonDocument.Parse(Body).RootElement;
}

internal sealed record Answer(int Status, string Body = "", params (string Name, string Value)[] Headers)
{
    public static Answer Hang { get; } = new(0) { Hangs = true };

    /// <summary>The request was received, and the connection ends without a word.</summary>
    public static Answer Cut { get; } = new(0) { Cuts = true };

    public bool Hangs { get; private init; }

    public bool Cuts { get; private init; }

    public static Answer Json(object body, int status = 200, params (string Name, string Value)[] headers) => new(status, JsonSerializer.Serialize(body), headers);
}
