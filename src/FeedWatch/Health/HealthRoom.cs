using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace FeedWatch.Health;

internal static class HealthRoom
{
    /// <summary>First of all rooms: what it starts stops last. Each room adds its own <see cref="Check"/>.</summary>
    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.AddOptions<HealthOptions>().BindConfiguration(HealthOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<HealthOptions>, HealthOptionsLimits>();
        services.AddSingleton<IValidateOptions<HealthOptions>, HealthOptionsRules>();
        services.AddSingleton<Vitals>();
        return services.AddHostedService<Watchdog>();
    }

    /// <summary>A loop that must not fall silent for longer than <c>Health:StuckAfter</c>.</summary>
    public static IServiceCollection AddLoopCheck(this IServiceCollection services, string name, Func<IServiceProvider, Heartbeat> heartbeat) =>
        services.AddSingleton(p => Check.OfLoop(name, heartbeat(p), p.GetRequiredService<IOptions<HealthOptions>>().Value.StuckAfter));

    /// <summary>The same for loops that say themselves how long they should have moved again, and which of them should.</summary>
    public static IServiceCollection AddLoopCheck<T>(this IServiceCollection services, string name, Func<IServiceProvider, T> loops, Func<T, (TimeSpan Silence, string Which)?> silence) =>
        services.AddSingleton(p =>
        {
            var part = loops(p);
            return Check.OfLoops(name, () => silence(part), p.GetRequiredService<IOptions<HealthOptions>>().Value.StuckAfter);
        });

    /// <summary>Something without which the process waits.</summary>
    public static IServiceCollection AddReadyCheck<T>(this IServiceCollection services, string name, Func<T, Trouble?> look)
        where T : notnull => services.AddSingleton(p =>
        {
            var part = p.GetRequiredService<T>();
            return new Check(name, IsVital: false, () => look(part));
        });

    /// <summary>The same, seen in two parts.</summary>
    public static IServiceCollection AddReadyCheck<T1, T2>(this IServiceCollection services, string name, Func<T1, T2, Trouble?> look)
        where T1 : notnull
        where T2 : notnull => services.AddSingleton(p =>
        {
            var (one, other) = (p.GetRequiredService<T1>(), p.GetRequiredService<T2>());
            return new Check(name, IsVital: false, () => look(one, other));
        });
}
