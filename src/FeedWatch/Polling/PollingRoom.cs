using FeedWatch.Health;
using FeedWatch.Polling.Digests;
using FeedWatch.Polling.Running;
using FeedWatch.Polling.Troubles;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Quartz;

namespace FeedWatch.Polling;

internal static class PollingRoom
{
    public static IServiceCollection AddPolling(this IServiceCollection services)
    {
        services.AddOptions<PollOptions>().BindConfiguration(PollOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<PollOptions>, PollOptionsValidator>();
        services.AddSingleton<IValidateOptions<PollOptions>, PollOptionsRules>();
        services.AddSingleton<PollClock>();
        services.AddSingleton<ArticleDesk>();
        services.AddSingleton<LearntNetworks>();
        services.AddSingleton<FeedNews>();
        services.AddSingleton<CoverageWatch>();
        services.AddSingleton<PollBook>();
        services.AddSingleton<FeedPoll>();
        services.AddSingleton<PollDispatcher>();
        services.AddSingleton<UpdateWindowJob>();
        services.AddSingleton<DigestTeller>();
        services.AddSingleton<SweepJob>();
        services.AddHostedService<PollStop>();
        return services;
    }

    /// <summary>A start has better things to do.</summary>
    private static readonly TimeSpan FirstSweepAfter = TimeSpan.FromMinutes(10);

    /// <summary>A digest may be so late.</summary>
    private static readonly TimeSpan DigestsEvery = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan CoverageEvery = TimeSpan.FromSeconds(30);

    /// <summary>Polls by the clock; left out where the feeds are polled once.</summary>
    public static IServiceCollection AddPollSchedule(this IServiceCollection services, TimeSpan pollEvery, TimeSpan closeWindowsEvery)
    {
        services.AddQuartz(quartz =>
        {
            quartz.UseTimeProvider(new SteadyClock(TimeProvider.System));
            quartz.ScheduleJob<PollJob>(trigger => trigger.WithIdentity("poll").StartNow().WithSimpleSchedule(s => s.WithInterval(pollEvery).RepeatForever()));
            quartz.ScheduleJob<SweepJob>(trigger => trigger.WithIdentity("sweep").StartAt(TimeProvider.System.GetUtcNow() + FirstSweepAfter).WithSimpleSchedule(s => s.WithInterval(TimeSpan.FromDays(1)).RepeatForever()));
            quartz.ScheduleJob<DigestTeller>(trigger => trigger.WithIdentity("digests").StartNow().WithSimpleSchedule(s => s.WithInterval(DigestsEvery).RepeatForever()));
            quartz.ScheduleJob<CoverageWatch>(trigger => trigger.WithIdentity("coverage").StartNow().WithSimpleSchedule(s => s.WithInterval(CoverageEvery).RepeatForever()));
            quartz.ScheduleJob<UpdateWindowJob>(trigger => trigger.WithIdentity("update-windows").StartNow().WithSimpleSchedule(s => s.WithInterval(closeWindowsEvery).RepeatForever()));
        });
        services.AddQuartzHostedService(options => options.WaitForJobsToComplete = true);
        return services.AddLoopCheck("polling", p => p.GetRequiredService<PollDispatcher>().Life);
    }
}
