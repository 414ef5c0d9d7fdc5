using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace FeedWatch.Fetching.Guarding;

/// <summary>
/// DNS, as this machine has it. While it answers nobody, as at a boot that is faster than the network, no feed is to blame: that is said once,
/// and asked again soon.
/// </summary>
/// <param name="time">For how long it has been silent.</param>
/// <param name="logger">Null where a command says by itself what became of its one request.</param>
/// <param name="resolve">A test puts another one here.</param>
internal sealed partial class NameService(TimeProvider time, ILogger<NameService>? logger = null, Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null)
{
    /// <summary>It answered a moment ago, so that the silence is about one name: the servers of its domain are away.</summary>
    private static readonly TimeSpan Lately = TimeSpan.FromMinutes(1);

    /// <summary>After that the feeds fail one by one, as people should hear.</summary>
    internal static readonly TimeSpan LongestExcuse = TimeSpan.FromHours(1);

    private readonly Func<string, CancellationToken, Task<IPAddress[]>> resolve = resolve ?? Dns.GetHostAddressesAsync;
    private readonly Lock guard = new();
    private long? answeredAt;
    private (long At, DateTimeOffset Since)? silent;

    /// <exception cref="NamesAwayException">It answers nobody.</exception>
    /// <exception cref="SocketException">The name is not known, or those who know it do not answer.</exception>
    public async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        try
        {
            var addresses = await resolve(host, cancellationToken);
            Answered();
            return addresses;
        }
        catch (SocketException ex) when (ex.SocketErrorCode is SocketError.TryAgain) // EAI_AGAIN
        {
            if (!IsSilent()) throw;
            throw new NamesAwayException(host, ex);
        }
        catch (SocketException ex) when (ex.SocketErrorCode is SocketError.HostNotFound or SocketError.NoData)
        {
            Answered();
            throw;
        }
    }

    private void Answered()
    {
        (long At, DateTimeOffset Since)? over;
        lock (guard)
        {
            answeredAt = time.GetTimestamp();
            (over, silent) = (silent, null);
        }

        if (over is not null && logger is not null) Log.Back(logger, over.Value.Since);
    }

    private bool IsSilent()
    {
        lock (guard)
        {
            if (answeredAt is { } at && time.GetElapsedTime(at) < Lately) return false;
            if (silent is { } since) return time.GetElapsedTime(since.At) < LongestExcuse;
            silent = (time.GetTimestamp(), time.GetUtcNow());
        }

        if (logger is not null) Log.Away(logger);
        return true;
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 221, Level = LogLevel.Warning, Message = "This machine's DNS answers nothing, so that no feed can be found. It is asked again every minute and nothing is lost meanwhile; check its network and /etc/resolv.conf.")]
        public static partial void Away(ILogger logger);

        [LoggerMessage(EventId = 222, Level = LogLevel.Information, Message = "DNS answers again, as it did not since {Since:u}.")]
        public static partial void Back(ILogger logger, DateTimeOffset since);
    }
}

/// <summary>DNS answers nobody, so that the host was not asked.</summary>
internal sealed class NamesAwayException(string host, Exception inner) : Exception($"{host} cannot be looked up: this machine's DNS answers nothing", inner);
