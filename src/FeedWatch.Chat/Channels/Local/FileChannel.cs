using System.Text;
using System.Text.Json;
using FeedWatch.Contracts;

namespace FeedWatch.Chat.Channels.Local;

/// <summary>Appends every routed event to a file, one JSON line each, on disk before it counts as sent. Never writes an event twice.</summary>
internal sealed class FileChannel(string name, string path, TimeProvider time) : IChatChannel
{
    public static readonly ChannelType Type = new(FaultsOf, (o, parts) => new FileChannel(o.Name, Path.GetFullPath(o.Path!), parts.Time)) { Example = () => new ChannelOptions { Path = "alerts.jsonl" }, Takes = [nameof(ChannelOptions.Path)] };

    public string Name => name;

    public static string[] FaultsOf(ChannelOptions channel) =>
        string.IsNullOrWhiteSpace(channel.Path) ? ["Path is missing; a file channel needs the file to append to."]
        : channel.Path.Contains('\0', StringComparison.Ordinal) || Directory.Exists(channel.Path) ? [$"Path '{channel.Path}' is not a file that can be appended to."]
        : [];

    public bool Wants(FeedWatchEvent @event) => true;

    public async Task<SendResult> SendAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
            await MendTailAsync(file, cancellationToken);
            if (!delivery.Interrupted || !await HoldsAsync(file, delivery.Event.Id, cancellationToken))
                await AppendAsync(file, EventLine.Of(delivery, time.GetUtcNow(), possiblyRepeated: false), cancellationToken);
            return new SendResult.Sent(null);
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            return new SendResult.RetryLater(null, ex.Message);
        }
    }

    public IReadOnlyList<string> Preview(Delivery delivery) => [EventLine.Of(delivery, time.GetUtcNow(), possiblyRepeated: false)];

    private static async Task AppendAsync(FileStream file, string line, CancellationToken cancellationToken)
    {
        file.Seek(0, SeekOrigin.End);
        await file.WriteAsync(Encoding.UTF8.GetBytes(line), cancellationToken);
        file.Flush(flushToDisk: true);
    }

    /// <summary>A crash or a full disk can leave a last line without its end: one of ours that is torn goes, any other is closed.</summary>
    private static async Task MendTailAsync(FileStream file, CancellationToken cancellationToken)
    {
        var start = await StartOfTailAsync(file, cancellationToken);
        if (start == file.Length) return;

        var tail = new byte[file.Length - start];
        file.Position = start;
        await file.ReadExactlyAsync(tail, cancellationToken);
        if (IsTorn(tail)) file.SetLength(start);
        else await AppendAsync(file, "\n", cancellationToken);
    }

    private static bool IsTorn(byte[] tail)
    {
        var begin = Encoding.UTF8.GetBytes(EventLine.Start);
        var common = Math.Min(begin.Length, tail.Length);
        if (!tail.AsSpan(0, common).SequenceEqual(begin.AsSpan(0, common))) return false;
        try
        {
            using var whole = JsonDocument.Parse(tail);
            return false;
        }
        catch (JsonException)
        {
            return true;
        }
    }

    /// <summary>The position behind the last line feed.</summary>
    private static async Task<long> StartOfTailAsync(FileStream file, CancellationToken cancellationToken)
    {
        var block = new byte[4096];
        for (var end = file.Length; end > 0;)
        {
            var length = (int)Math.Min(block.Length, end);
            file.Position = end - length;
            await file.ReadExactlyAsync(block.AsMemory(0, length), cancellationToken);
            var feed = block.AsSpan(0, length).LastIndexOf((byte)'\n');
            if (feed >= 0) return end - length + feed + 1;
            end -= length;
        }

        return 0;
    }

    private static async Task<bool> HoldsAsync(FileStream file, Guid eventId, CancellationToken cancellationToken)
    {
        file.Position = 0;
        using var reader = new StreamReader(file, Encoding.UTF8, leaveOpen: true);
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            if (EventLine.IsOf(line, eventId)) return true;
        }

        return false;
    }
}
