using FeedWatch.Hosting;

namespace FeedWatch.Tests.Hosting;

public sealed class SpareMemoryTests : IDisposable
{
    private const long Megabyte = 1024 * 1024;

    private readonly SpareMemory memory = new(TimeProvider.System);

    public void Dispose() => memory.Dispose();

    [Fact]
    public void Memory_is_given_back_once_when_much_was_done_and_it_is_quiet_again()
    {
        Assert.False(memory.IsTime(200 * Megabyte)); // at work
        Assert.True(memory.IsTime(201 * Megabyte));
        Assert.False(memory.IsTime(202 * Megabyte)); // nothing to give back
        Assert.False(memory.IsTime(210 * Megabyte));
    }

    [Fact]
    public void Little_by_little_it_adds_up()
    {
        var allocated = 0L;
        while (!memory.IsTime(allocated) && allocated < 100 * Megabyte) allocated += Megabyte;

        Assert.Equal(16 * Megabyte, allocated);
    }
}
