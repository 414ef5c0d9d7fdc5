using FeedWatch.Chat.Sending;
using FsCheck;
using FsCheck.Xunit;

namespace FeedWatch.Tests.Chat.Sending;

public sealed class PaceTests
{
    private static readonly Limit OneASecond = new(1, TimeSpan.FromSeconds(1));
    private static readonly Limit TwentyAMinute = new(20, TimeSpan.FromMinutes(1));

    [Fact]
    public void The_first_goes_at_once_and_the_second_after_a_second()
    {
        var pace = new Pace([OneASecond]);

        var first = pace.Wait(TimeSpan.FromSeconds(100));
        pace.Sent(TimeSpan.FromSeconds(100));

        Assert.Equal(TimeSpan.Zero, first);
        Assert.Equal(TimeSpan.FromSeconds(0.75), pace.Wait(TimeSpan.FromSeconds(100.25)));
        Assert.Equal(TimeSpan.Zero, pace.Wait(TimeSpan.FromSeconds(101)));
    }

    [Fact]
    public void A_chat_that_wants_to_be_left_alone_is_left_alone()
    {
        var pace = new Pace([]);

        pace.Hold(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10));
        pace.Hold(TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(1));

        Assert.Equal(TimeSpan.FromSeconds(8), pace.Wait(TimeSpan.FromSeconds(7)));
    }

    [Property(MaxTest = 200)]
    public void However_many_are_sent_no_limit_is_broken(NonNegativeInt[] gaps)
    {
        Limit[] limits = [OneASecond, TwentyAMinute];
        var pace = new Pace(limits);
        var now = TimeSpan.Zero;
        var sent = new List<TimeSpan>();
        foreach (var gap in gaps.Select(g => g.Get % 1_500).Concat(Enumerable.Repeat(0, 50)))
        {
            now += TimeSpan.FromMilliseconds(gap);
            now += pace.Wait(now);
            pace.Sent(now);
            sent.Add(now);
        }

        foreach (var limit in limits)
        {
            for (var i = limit.Most; i < sent.Count; i++) Assert.True(sent[i] - sent[i - limit.Most] >= limit.Per);
        }

        Assert.True(sent[^1] - sent[^21] == TimeSpan.FromMinutes(1), "no slower than the limits ask for");
    }
}
