using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Systemd;

namespace FeedWatch.Hosting.Renewing;

/// <summary>Runs a host until the process is asked to stop, and a new one in its place whenever the settings have changed.</summary>
internal static class RenewedHost
{
    /// <param name="origin">Of the settings.</param>
    /// <param name="build">A host with these settings, and the services that are given.</param>
    /// <param name="begin">What is done with it before it starts.</param>
    /// <param name="end">What is done when the last one has stopped.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task RunAsync(
        SettingsOrigin origin, Func<IConfigurationRoot, Action<IServiceCollection>, IHost> build, Func<IHost, IConfigurationRoot, Task> begin, Action<IHost> end, CancellationToken cancellationToken)
    {
        do
        {
            var configuration = origin.Take();
            using var host = build(configuration, services => AddRenewal(services, origin));
            await using var health = await WatchHost.OpenHealthAsync(host.Services, configuration, CancellationToken.None); // takes no time, and whoever asks for a stop meanwhile is heard below
            if (await StartAsync(host, () => begin(host, configuration), cancellationToken)) await host.WaitForShutdownAsync(cancellationToken);
            if (!origin.WasRenewed) end(host);
        }
        while (origin.WasRenewed && !cancellationToken.IsCancellationRequested);
    }

    // False where somebody asked it to stop before it had begun: that is no fault.
    private static async Task<bool> StartAsync(IHost host, Func<Task> begin, CancellationToken cancellationToken)
    {
        var stopping = host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        try
        {
            await begin();
            await host.StartAsync(cancellationToken);
            return true;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested || cancellationToken.IsCancellationRequested)
        {
            await host.StopAsync(CancellationToken.None);
            return false;
        }
    }

    private static void AddRenewal(IServiceCollection services, SettingsOrigin origin)
    {
        services.AddSingleton(origin);
        services.AddHostedService<SettingsWatch>();
        if (SystemdHelpers.IsSystemdService()) services.Replace(ServiceDescriptor.Singleton<ISystemdNotifier>(new SteadyNotifier(new SystemdNotifier(), origin)));
    }

    /// <summary>Tells systemd that the service stops only when the process will: it would kill a service that said so and goes on.</summary>
    private sealed class SteadyNotifier(ISystemdNotifier systemd, SettingsOrigin origin) : ISystemdNotifier
    {
        public bool IsEnabled => systemd.IsEnabled;

        public void Notify(ServiceState state)
        {
            if (!origin.WasRenewed || state.ToString() != ServiceState.Stopping.ToString()) systemd.Notify(state);
        }
    }
}
