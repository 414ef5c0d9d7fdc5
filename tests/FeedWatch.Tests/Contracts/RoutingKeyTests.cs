using FeedWatch.Contracts;

namespace FeedWatch.Tests.Contracts;

public sealed class RoutingKeyTests
{
    [Theory]
    [InlineData("Sky ECC", "sky-ecc")]
    [InlineData("No.1 BC", "no-1-bc")]
    [InlineData("  ", "-")]
    [InlineData("Ünïcode.#*", "ünïcode")]
    public void A_name_becomes_one_word_of_a_routing_key(string name, string slug) => Assert.Equal(slug, RoutingKey.Slug(name));
}
