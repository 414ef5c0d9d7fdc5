using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FeedWatch.Health;

/// <summary>Takes every check together. Answers from the first moment of the process on, before there is anything to check.</summary>
/// <param name="services">Has the checks of each room; they are not made before the host has started, since they open what they check.</param>
/// <param name="lifetime">Of the host.</param>
/// <param name="time">For since when.</param>
internal sealed class Vitals(IServiceProvider services, IHostApplicationLifetime lifetime, TimeProvider time)
{
    private readonly Lock guard = new();
    private readonly Dictionary<string, CheckReport> known = [];
    private (HealthStatus Status, DateTimeOffset Since) standing = (HealthStatus.Starting, time.GetUtcNow());
    private Check[]? checks;

    public HealthReport Examine()
    {
        lock (guard)
        {
            var now = time.GetUtcNow();
            var started = lifetime.ApplicationStarted.IsCancellationRequested;
            CheckReport[] found = [];
            var vital = true;
            if (started && !lifetime.ApplicationStopped.IsCancellationRequested)
            {
                checks ??= [.. services.GetServices<Check>()];
                found = [.. checks.Select(c => Look(c, now))];
                vital = checks.Zip(found).All(c => c.Second.Ok || !c.First.IsVital);
            }

            var status = !started ? HealthStatus.Starting
                : lifetime.ApplicationStopping.IsCancellationRequested ? HealthStatus.Stopping
                : !vital ? HealthStatus.Stuck
                : found.All(f => f.Ok) ? HealthStatus.Ready
                : HealthStatus.NotReady;
            if (status != standing.Status) standing = (status, Began(found, status, now));
            return new HealthReport(status, standing.Since, found);
        }
    }

    private static DateTimeOffset Began(CheckReport[] found, HealthStatus status, DateTimeOffset now) =>
        status is HealthStatus.NotReady or HealthStatus.Stuck ? found.Where(f => !f.Ok).Min(f => f.Since) : now;

    private CheckReport Look(Check check, DateTimeOffset now)
    {
        var trouble = check.Look();
        var before = known.GetValueOrDefault(check.Name);
        var since = trouble?.Since ?? (before is not null && before.Ok == trouble is null ? before.Since : now);
        return known[check.Name] = new CheckReport(check.Name, trouble is null, since, trouble?.Why, trouble?.Remedy);
    }
}
