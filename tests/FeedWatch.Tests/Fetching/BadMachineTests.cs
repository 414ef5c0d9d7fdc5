using System.Net;
using System.Net.Sockets;
using FeedWatch.Fetching;
using FeedWatch.Fetching.Guarding;
using FeedWatch.Polling;
using FeedWatch.Sources;
using FeedWatch.Tests.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace FeedWatch.Tests.Fetching;

/// <summary>A machine without DNS, or with a wrong clock, blames itself, and says so once.</summary>
public sealed class BadMachineTests
{
    private readonly FakeTimeProvider time = new(Watch.Start);
    private readonly Lines logged = new();
    private SocketError? answer;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_dns_that_answers_nothing_is_said_once_and_when_it_is_back()
    {
        var names = Names();
        answer = SocketError.TryAgain;

        for (var feed = 0; feed < 3; feed++) await Assert.ThrowsAsync<NamesAwayException>(() => names.ResolveAsync($"herald{feed}.example", Cancelled));
        answer = SocketError.HostNotFound; // an answer, too
        await Assert.ThrowsAsync<SocketException>(() => names.ResolveAsync("nobody.example", Cancelled));
        answer = null;
        await names.ResolveAsync("herald.example", Cancelled);

        Assert.Equal(2, logged.Count);
        Assert.StartsWith("Warning: This machine's DNS answers nothing", logged[0], StringComparison.Ordinal);
        Assert.Equal("Information: DNS answers again, as it did not since 2026-11-24 12:00:00Z.", logged[1]);
    }

    [Fact]
    public async Task A_name_whose_own_servers_are_silent_is_not_this_machines_fault()
    {
        var names = Names();
        await names.ResolveAsync("herald.example", Cancelled);
        answer = SocketError.TryAgain;

        await Assert.ThrowsAsync<SocketException>(() => names.ResolveAsync("silent.example", Cancelled));

        Assert.Empty(logged);
    }

    [Fact]
    public async Task After_an_hour_the_feeds_fail_as_people_should_hear()
    {
        var names = Names();
        answer = SocketError.TryAgain;
        await Assert.ThrowsAsync<NamesAwayException>(() => names.ResolveAsync("herald.example", Cancelled));

        time.Advance(NameService.LongestExcuse);

        await Assert.ThrowsAsync<SocketException>(() => names.ResolveAsync("herald.example", Cancelled));
    }

    [Fact]
    public async Task A_feed_that_could_not_be_looked_up_has_not_failed_and_is_asked_again_in_a_minute()
    {
        answer = SocketError.TryAgain;
        using var http = GuardedHttp.Client(new AddressGuard(Options.Create(new FetchOptions())), resolve: Names().ResolveAsync);
        var feed = new Feed { Id = Guid.Empty, Url = new Uri("https://herald.example/rss"), Name = "Herald", Validators = new Validators("\"1\"", null), Failures = 2, Level = 1 };

        var result = Assert.IsType<FetchResult.Failed>(await new FeedFetcher(http, Options.Create(new FetchOptions()), time).FetchAsync(feed.Url, feed.Validators, Cancelled));
        var record = new PollClock(Options.Create(new PollOptions()), time).NotAsked(feed, result.Why);

        Assert.Equal((true, "herald.example cannot be looked up: this machine's DNS answers nothing"), (result.IsOfThisMachine, result.Why));
        Assert.Equal((2, 1, feed.Validators, TimeSpan.FromMinutes(1)), (record.Failures, record.Level, record.Validators, record.NextPollAt - time.GetUtcNow()));
    }

    [Theory]
    [InlineData(-20)]
    [InlineData(10)]
    public void A_clock_that_is_years_off_is_said_once_when_several_servers_disagree(int years)
    {
        var clocks = new ServerClocks(time, logged);
        time.AdjustTime(Watch.Start.AddYears(years));

        for (var server = 0; server < 9; server++) clocks.Hear(Dated(Watch.Start));

        Assert.StartsWith($"Error: This machine's clock says {Watch.Start.AddYears(years):u}, and the servers that are asked say {Watch.Start:u}. Set it", Assert.Single(logged), StringComparison.Ordinal);
    }

    [Fact]
    public void Single_servers_with_a_wrong_clock_and_old_answers_out_of_a_cache_are_none_of_it()
    {
        var clocks = new ServerClocks(time, logged);

        for (var round = 0; round < 5; round++)
        {
            clocks.Hear(Dated(Watch.Start.AddYears(-3)));
            clocks.Hear(Dated(Watch.Start.AddYears(-3)));
            clocks.Hear(Dated(Watch.Start.AddHours(2)));
            var cached = Dated(Watch.Start.AddYears(-1));
            cached.Headers.Age = TimeSpan.FromDays(365);
            clocks.Hear(cached);
            clocks.Hear(new HttpResponseMessage());
        }

        Assert.Empty(logged);
    }

    private NameService Names() => new(time, logged, (_, _) => answer is { } error ? throw new SocketException((int)error) : Task.FromResult(new[] { IPAddress.Loopback }));

    private static HttpResponseMessage Dated(DateTimeOffset date)
    {
        var answer = new HttpResponseMessage();
        answer.Headers.Date = date;
        return answer;
    }

    private sealed class Lines : List<string>, ILogger<NameService>, ILogger<ServerClocks>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Add($"{logLevel}: {formatter(state, exception)}");
    }
}
