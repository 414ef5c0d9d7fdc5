namespace FeedWatch.Tests.Parsing;

public sealed class FeedHintsTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("<ttl>90</ttl>", 90)]
    [InlineData("<ttl> soon </ttl>", 0)]
    [InlineData("<ttl>-5</ttl>", 0)]
    [InlineData("<ttl>99999999</ttl>", 1440)]
    [InlineData("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>", 30)]
    [InlineData("<sy:updatePeriod> Daily\n</sy:updatePeriod>", 1440)]
    [InlineData("<sy:updatePeriod>yearly</sy:updatePeriod>", 1440)]
    [InlineData("<sy:updateFrequency>2</sy:updateFrequency>", 0)]
    [InlineData("<sy:updatePeriod>hourly</sy:updatePeriod><ttl>5</ttl>", 5)]
    public void The_gap_is_what_the_feed_asks_for_up_to_a_day(string channel, int minutes)
    {
        Assert.Equal(TimeSpan.FromMinutes(minutes), Hints(channel).Gap);
    }

    [Fact]
    public void Forbidden_hours_and_days_are_bits()
    {
        var hints = Hints("<skipHours><hour>1</hour><hour>24</hour><hour>25</hour><hour>x</hour></skipHours><skipDays><day>Sunday</day><day>saturday</day><day>zaterdag</day></skipDays>");

        Assert.Equal(0b11, hints.SkipHours);
        Assert.Equal((1 << (int)DayOfWeek.Sunday) | (1 << (int)DayOfWeek.Saturday), hints.SkipDays);
    }

    [Fact]
    public void A_feed_that_forbids_every_hour_or_day_is_not_taken_at_its_word()
    {
        var hints = Hints($"<skipHours>{string.Concat(Enumerable.Range(1, 24).Select(h => $"<hour>{h}</hour>"))}</skipHours><skipDays>{string.Concat(Enum.GetNames<DayOfWeek>().Select(d => $"<day>{d}</day>"))}</skipDays>");

        Assert.Equal((0, 0), (hints.SkipHours, hints.SkipDays));
    }

    private static FeedWatch.Sources.PollHints Hints(string channel) =>
        ReadFeed.Text($"<rss version='2.0' xmlns:sy='http://purl.org/rss/1.0/modules/syndication/'><channel><title>C</title>{channel}<item><title>A</title></item></channel></rss>").Hints;
}
