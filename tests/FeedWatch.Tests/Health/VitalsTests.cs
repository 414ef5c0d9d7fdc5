using FeedWatch.Health;
using FeedWatch.Tests.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FeedWatch.Tests.Health;

public sealed class VitalsTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan StuckAfter = TimeSpan.FromMinutes(1);

    private readonly SettableClock time = new(Start);
    private readonly Lifetime lifetime = new();
    private readonly List<Check> checks = [];

    public void Dispose() => lifetime.Dispose();

    [Fact]
    public void Before_the_host_has_started_it_is_alive_and_not_ready_and_nothing_is_opened_for_the_asking()
    {
        var opened = false;
        var services = new ServiceCollection().AddSingleton(_ =>
        {
            opened = true;
            return new Check("database", IsVital: false, () => null);
        }).BuildServiceProvider();

        var report = new Vitals(services, lifetime, time).Examine();

        Assert.Equal((HealthStatus.Starting, true, false), (report.Status, report.IsLive, report.IsReady));
        Assert.False(opened);
    }

    [Fact]
    public void Where_all_is_well_it_is_ready()
    {
        checks.Add(new Check("database", IsVital: false, () => null));
        var report = Started().Examine();

        Assert.Equal((HealthStatus.Ready, true, true), (report.Status, report.IsLive, report.IsReady));
        Assert.True(Assert.Single(report.Checks).Ok);
    }

    [Fact]
    public void Something_that_is_away_makes_it_not_ready_and_says_since_when_and_what_to_do()
    {
        Trouble? trouble = null;
        checks.Add(new Check("bus", IsVital: false, () => trouble));
        var vitals = Started();
        vitals.Examine();
        time.Advance(TimeSpan.FromHours(1));
        trouble = new Trouble("nobody answers", "Start it.");
        vitals.Examine();
        time.Advance(TimeSpan.FromMinutes(5));

        var report = vitals.Examine();

        Assert.Equal((HealthStatus.NotReady, true, false), (report.Status, report.IsLive, report.IsReady));
        Assert.Equal(new CheckReport("bus", false, Start.AddHours(1), "nobody answers", "Start it."), Assert.Single(report.Checks));
        Assert.Equal(Start.AddHours(1), report.Since);
    }

    [Fact]
    public void What_began_before_it_was_seen_is_dated_from_its_beginning()
    {
        checks.Add(new Check("database", IsVital: false, () => new Trouble("full", "Free space.") { Since = Start.AddMinutes(-9) }));

        Assert.Equal(Start.AddMinutes(-9), Started().Examine().Since);
    }

    [Fact]
    public void A_loop_that_falls_silent_makes_it_stuck_and_a_beat_brings_it_back()
    {
        var heartbeat = new Heartbeat(time);
        checks.Add(Check.OfLoop("polling", heartbeat, StuckAfter));
        checks.Add(new Check("database", IsVital: false, () => null));
        var vitals = Started();

        time.Advance(StuckAfter);
        var still = vitals.Examine();
        time.Advance(TimeSpan.FromSeconds(1));
        var stuck = vitals.Examine();
        heartbeat.Beat();
        var back = vitals.Examine();

        Assert.Equal((HealthStatus.Ready, HealthStatus.Stuck, HealthStatus.Ready), (still.Status, stuck.Status, back.Status));
        Assert.False(stuck.IsLive);
        Assert.Contains("61 s", stuck.Checks[0].Why, StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_loop_that_waits_for_its_turn_among_several_nodes_is_not_stuck()
    {
        var heartbeat = new Heartbeat(time);
        var turn = new TaskCompletionSource<int>();
        var waiting = heartbeat.DuringAsync(turn.Task);

        for (var i = 0; i < 20; i++)
        {
            time.Advance(TimeSpan.FromSeconds(5));
            while (heartbeat.Silence > TimeSpan.Zero) await Task.Delay(5, TestContext.Current.CancellationToken); // hangs where nobody beats for it
        }

        turn.SetResult(7);

        Assert.Equal(7, await waiting);
    }

    [Fact]
    public void While_it_ends_it_is_alive_and_not_ready()
    {
        checks.Add(new Check("polling", IsVital: true, () => new Trouble("it stands still", "")));
        var vitals = Started();
        lifetime.StopApplication();

        var report = vitals.Examine();

        Assert.Equal((HealthStatus.Stopping, true, false), (report.Status, report.IsLive, report.IsReady));
    }

    [Theory]
    [InlineData(null, 5)]
    [InlineData("", 5)]
    [InlineData("30000000", 5)]
    [InlineData("6000000", 2)]
    [InlineData("oops", 5)]
    public void The_watchdog_is_told_three_times_within_its_patience(string? microseconds, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Watchdog.Period(microseconds));

    private Vitals Started()
    {
        var services = new ServiceCollection();
        foreach (var check in checks) services.AddSingleton(check);
        lifetime.Start();
        return new Vitals(services.BuildServiceProvider(), lifetime, time);
    }

    private sealed class Lifetime : IHostApplicationLifetime, IDisposable
    {
        private readonly CancellationTokenSource started = new();
        private readonly CancellationTokenSource stopping = new();

        public CancellationToken ApplicationStarted => started.Token;

        public CancellationToken ApplicationStopping => stopping.Token;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void Start() => started.Cancel();

        public void StopApplication() => stopping.Cancel();

        public void Dispose()
        {
            started.Dispose();
            stopping.Dispose();
        }
    }
}
