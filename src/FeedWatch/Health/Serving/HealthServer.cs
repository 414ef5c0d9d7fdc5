using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FeedWatch.Health.Serving;

/// <summary>
/// Listens at <c>Health:Urls</c> from before the database is opened until after the host has stopped, so that a start that takes long
/// and an end are told from a process that is gone.
/// </summary>
internal sealed partial class HealthServer : IAsyncDisposable
{
    /// <summary>Whoever asks that often holds the door shut for nobody else.</summary>
    private const int MostConnections = 64;

    private readonly KestrelServer kestrel;
    private readonly IReadOnlyList<HealthUrl> urls;

    private HealthServer(KestrelServer kestrel, IReadOnlyList<HealthUrl> urls) => (this.kestrel, this.urls) = (kestrel, urls);

    /// <summary>Where it listens, with the ports that the system has chosen.</summary>
    public IReadOnlyCollection<string> Addresses => [.. kestrel.Features.Get<IServerAddressesFeature>()!.Addresses];

    /// <param name="services">Of the host.</param>
    /// <param name="options">Checked.</param>
    /// <param name="isAsked">Somebody chose the address. Where nobody did and another program has it, FeedWatch goes without.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>Null where there is nothing to listen at.</returns>
    /// <exception cref="HealthPortException">It cannot listen there; the message names setting and remedy.</exception>
    public static async Task<HealthServer?> OpenAsync(IServiceProvider services, HealthOptions options, bool isAsked, CancellationToken cancellationToken)
    {
        var urls = options.Addresses();
        if (urls.Count == 0) return null;
        var logs = services.GetRequiredService<ILoggerFactory>();
        var logger = logs.CreateLogger<HealthServer>();
        var settings = new KestrelServerOptions { AddServerHeader = false, ApplicationServices = services };
        settings.Limits.MaxConcurrentConnections = MostConnections;
        settings.Limits.MaxRequestBodySize = 0;
        settings.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(5);
        settings.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(30);
        foreach (var url in urls)
        {
            await RemoveOldSocketAsync(url, cancellationToken);
            url.Listen(settings);
        }

        var kestrel = new KestrelServer(Options.Create(settings), new SocketTransportFactory(Options.Create(new SocketTransportOptions()), logs), logs);
        try
        {
            await kestrel.StartAsync(new HealthPages(services.GetRequiredService<Vitals>(), options.Authorization()), cancellationToken);
        }
        catch (Exception ex) when (ex is IOException or SocketException or UnauthorizedAccessException)
        {
            kestrel.Dispose();
            var fault = Fault(options, ex);
            if (isAsked || ex.InnerException is not AddressInUseException) throw new HealthPortException(fault, ex);
            Log.WithoutPort(logger, fault);
            return null;
        }

        var server = new HealthServer(kestrel, urls);
        var addresses = string.Join(", ", server.Addresses);
        Log.Listening(logger, addresses);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.FromMilliseconds(200)); // nobody's question is worth a later end
        await kestrel.StopAsync(now.Token);
        kestrel.Dispose();
        foreach (var url in urls)
        {
            if (url.Socket is not null) File.Delete(url.Socket);
        }
    }

    private static string Fault(HealthOptions options, Exception exception)
    {
        var why = exception.InnerException is AddressInUseException ? "another program, or another FeedWatch, listens there already"
            : exception is SocketException { SocketErrorCode: SocketError.AccessDenied } or UnauthorizedAccessException ? "this user may not listen there"
            : exception is SocketException { SocketErrorCode: SocketError.AddressNotAvailable } ? "this machine has no such address"
            : exception.Message;
        return $"Health:Urls '{options.Urls}' cannot be used: {why}. Name a free port (--Health:Urls http://127.0.0.1:8081), or none (--Health:Urls=).";
    }

    // A process that was killed leaves its socket's file behind, and nobody could listen there again.
    private static async Task RemoveOldSocketAsync(HealthUrl url, CancellationToken cancellationToken)
    {
        if (url.Socket is null || !File.Exists(url.Socket)) return;
        try
        {
            await using var there = await url.ConnectAsync(cancellationToken);
        }
        catch (SocketException ex) when (ex.SocketErrorCode is SocketError.ConnectionRefused)
        {
            File.Delete(url.Socket);
        }
        catch (SocketException)
        {
            // no socket, or not ours to touch: the attempt to listen says so
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 30, Level = LogLevel.Information, Message = "FeedWatch says how it is at {Addresses}, /health/live and /health/ready.")]
        public static partial void Listening(ILogger logger, string addresses);

        [LoggerMessage(EventId = 31, Level = LogLevel.Warning, Message = "{Fault} Until then FeedWatch runs, and nobody can ask it how it is.")]
        public static partial void WithoutPort(ILogger logger, string fault);
    }
}

/// <summary>FeedWatch cannot listen where the settings say; the message names setting and remedy.</summary>
internal sealed class HealthPortException(string message, Exception inner) : Exception(message, inner);
