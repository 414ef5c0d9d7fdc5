using FeedWatch.Chat.Delivering;

namespace FeedWatch.Tests.Chat;

public sealed class RetryDelayTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(5, 16)]
    [InlineData(11, 1024)]
    [InlineData(12, 1800)]
    [InlineData(int.MaxValue, 1800)]
    public void Each_failure_doubles_the_wait_up_to_half_an_hour(int tries, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), RetryDelay.After(tries, asked: null));

    [Fact]
    public void A_chat_that_asks_for_more_is_given_it_but_no_more_than_a_day()
    {
        Assert.Equal(TimeSpan.FromSeconds(90), RetryDelay.After(1, TimeSpan.FromSeconds(90)));
        Assert.Equal(TimeSpan.FromDays(1), RetryDelay.After(1, TimeSpan.FromDays(30)));
    }

    [Fact]
    public void A_chat_that_asks_for_less_does_not_hasten_it() =>
        Assert.Equal(TimeSpan.FromSeconds(16), RetryDelay.After(5, TimeSpan.Zero));
}
