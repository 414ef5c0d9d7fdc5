using System.Text;
using FeedWatch.Contracts;
using FeedWatch.Tests.Chat;

namespace FeedWatch.Tests.Contracts;

public sealed class RoutingKeyTests
{
    [Theory]
    [InlineData("Sky ECC", "sky-ecc")]
    [InlineData("No.1 BC", "no-1-bc")]
    [InlineData("  ", "-")]
    [InlineData("Ünïcode.#*", "ünïcode")]
    public void A_name_becomes_one_word_of_a_routing_key(string name, string slug) => Assert.Equal(slug, RoutingKey.Slug(name));

    [Theory]
    [InlineData("Sky\ud83d ECC")]
    [InlineData("Sky\uFFFE ECC\uFFFF")]
    [InlineData("Sky\U0001FFFE ECC")]
    public void Half_a_character_or_none_from_a_feed_is_no_reason_to_fail(string name) => Assert.Equal("sky-ecc", RoutingKey.Slug(name));

    [Fact]
    public void A_routing_key_fits_into_amqp_whatever_the_feed_says()
    {
        var longest = new string('界', 300);
        var incident = AnEvent.Detected() with
        {
            Networks = [new NetworkReference { Name = longest, Slug = longest + ".#", Listed = false, About = true }],
            Article = AnEvent.Article() with { Language = longest },
        };

        var key = RoutingKey.Of(incident);

        Assert.InRange(Encoding.UTF8.GetByteCount(key), 1, 255);
        Assert.Equal(5, key.Split('.').Length);
    }
}
