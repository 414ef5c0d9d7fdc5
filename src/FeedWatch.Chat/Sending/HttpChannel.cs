using System.Net.Http.Headers;
using System.Text;
using FeedWatch.Chat.Channels;
using FeedWatch.Chat.Delivering;
using FeedWatch.Contracts;

namespace FeedWatch.Chat.Sending;

/// <summary>Posts to a chat over HTTP: at its pace, without following redirects, and without its secrets in what is said about it.</summary>
internal sealed class HttpChannel(string name, IHttpChat chat, HttpClient http, TimeProvider time) : IChatChannel
{
    /// <summary>For one request, from connecting to the last byte of the answer.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private const int MostCharactersOfAnswer = 64 * 1024;

    private readonly Pace pace = new(chat.Limits);
    private readonly long start = time.GetTimestamp();

    public string Name => name;

    /// <summary>A kind of chat that is posted to over HTTP.</summary>
    /// <param name="faults">See <see cref="ChannelType"/>.</param>
    /// <param name="chat">Made of settings without fault.</param>
    /// <param name="example">Settings that would do.</param>
    /// <param name="takes">See <see cref="ChannelType"/>; an address and a style of updates they all take.</param>
    public static ChannelType Type(Func<ChannelOptions, IEnumerable<string>> faults, Func<ChannelOptions, IHttpChat> chat, Func<ChannelOptions> example, params string[] takes) =>
        Type(faults, (options, _) => chat(options), example, [.. takes, .. ChannelType.ForPeople]);

    /// <summary>The same for programs, with the time at which something is sent.</summary>
    public static ChannelType Type(Func<ChannelOptions, IEnumerable<string>> faults, Func<ChannelOptions, TimeProvider, IHttpChat> chat, Func<ChannelOptions> example, params string[] takes) =>
        new(faults, (options, parts) => new HttpChannel(options.Name, chat(options, parts.Time), parts.Http.Value, parts.Time))
        {
            Example = example,
            Takes = [nameof(ChannelOptions.Url), .. takes, nameof(ChannelOptions.Updates)],
        };

    public bool Wants(FeedWatchEvent @event) => chat.Wants(@event);

    public async Task ReadyAsync(CancellationToken cancellationToken)
    {
        while (pace.Wait(Now()) is var wait && wait > TimeSpan.Zero) await Task.Delay(wait, time, cancellationToken);
    }

    public async Task<SendResult> SendAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        var (result, answer) = await SendAllAsync(delivery, cancellationToken);
        if (delivery.Earlier is not null && answer is not null && chat.EarlierIsGone(answer))
            (result, _) = await SendAllAsync(delivery with { Earlier = null }, cancellationToken);
        return result;
    }

    public IReadOnlyList<string> Preview(Delivery delivery) => [.. chat.Render(delivery).Select(r => r.Body)];

    /// <summary>One request after the other until one is not accepted. The answer is the last one; null where there was none.</summary>
    private async Task<(SendResult Result, ChatAnswer? Answer)> SendAllAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        var requests = chat.Render(delivery);
        foreach (var request in requests.SkipLast(1))
        {
            var step = await SendOneAsync(delivery, request, cancellationToken);
            if (step.Result is not SendResult.Sent) return step;
        }

        var last = await SendOneAsync(delivery, requests[^1], cancellationToken);
        return last.Result is SendResult.Sent sent
            ? (sent with { PossiblyRepeated = delivery.Interrupted && requests.Any(r => !r.Repeatable) }, last.Answer)
            : last;
    }

    private async Task<(SendResult Result, ChatAnswer? Answer)> SendOneAsync(Delivery delivery, ChatRequest request, CancellationToken cancellationToken)
    {
        await ReadyAsync(cancellationToken);
        pace.Sent(Now());
        try
        {
            var answer = await AskAsync(request, cancellationToken);
            if (chat.Pause(answer) is { } pause) pace.Hold(Now(), pause < RetryDelay.LongestAsked ? pause : RetryDelay.LongestAsked);
            return (Masked(chat.Read(delivery, answer)), answer);
        }
        catch (Exception ex) when (ex is HttpRequestException or TimeoutException)
        {
            return (Masked(Unanswered(ex)), null);
        }
    }

    private async Task<ChatAnswer> AskAsync(ChatRequest request, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(request.Method, request.Address) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(request.Body)) };
        message.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(request.ContentType);
        foreach (var (header, value) in request.Headers)
        {
            message.Headers.Remove(header);
            message.Headers.TryAddWithoutValidation(header, value);
        }

        using var patience = new CancellationTokenSource(Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            using var response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return new ChatAnswer((int)response.StatusCode, await BodyAsync(response, either.Token))
            {
                Headers = response.Headers.ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase),
                At = time.GetUtcNow(),
            };
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"no answer within {Timeout.TotalSeconds:0} seconds.");
        }
    }

    /// <summary>The beginning of the body. Where it breaks off, the status still says what became of the request.</summary>
    private static async Task<string> BodyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var text = new char[MostCharactersOfAnswer];
        var length = 0;
        try
        {
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken), Encoding.UTF8);
            length = await reader.ReadBlockAsync(text, cancellationToken);
        }
        catch (Exception ex) when (ex is IOException or HttpRequestException)
        {
            // as far as it came
        }

        return new string(text, 0, length);
    }

    /// <summary>Before a connection there is nothing that could have been posted; after it the request may have arrived.</summary>
    private static SendResult.RetryLater Unanswered(Exception exception)
    {
        var never = exception is HttpRequestException
        {
            HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError,
        };
        return new SendResult.RetryLater(null, exception.InnerException is { } inner ? $"{exception.Message} {inner.Message}" : exception.Message) { PerhapsSent = !never };
    }

    private SendResult Masked(SendResult result) => result switch
    {
        SendResult.RetryLater later => later with { Why = Masked(later.Why) },
        SendResult.Refused refused => refused with { Why = Masked(refused.Why) },
        SendResult.Broken broken => broken with { Why = Masked(broken.Why) },
        _ => result,
    };

    private string Masked(string text) => chat.Secrets.Where(s => s.Length > 1).Aggregate(text, (masked, secret) => masked.Replace(secret, "***", StringComparison.Ordinal));

    private TimeSpan Now() => time.GetElapsedTime(start);
}
