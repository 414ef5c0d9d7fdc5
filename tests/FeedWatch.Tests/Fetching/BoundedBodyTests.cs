using FeedWatch.Fetching;

namespace FeedWatch.Tests.Fetching;

public sealed class BoundedBodyTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65_536)]
    [InlineData(1_048_575)]
    [InlineData(1_048_576)]
    [InlineData(1_048_577)]
    [InlineData(5_000_000)]
    public async Task A_body_within_the_limit_is_read_as_it_is(int length)
    {
        var body = Bytes(length);

        Assert.Equal(body, await BoundedBody.ReadAsync(new MemoryStream(body), 5_000_000, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(1_000, 999)]
    [InlineData(1_048_577, 1_048_576)]
    [InlineData(9_000_000, 5_000_000)]
    public async Task A_longer_one_is_refused(int length, int limit)
    {
        Assert.Null(await BoundedBody.ReadAsync(new MemoryStream(Bytes(length)), limit, TestContext.Current.CancellationToken));
    }

    private static byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }
}
