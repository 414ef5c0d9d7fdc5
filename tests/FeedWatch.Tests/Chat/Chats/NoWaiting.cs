namespace FeedWatch.Tests.Chat.Chats;

/// <summary>A clock that is a minute later whenever it is asked, so that no pace makes a test wait.</summary>
internal sealed class NoWaiting : TimeProvider
{
    private long asked;

    public override long TimestampFrequency => 1;

    public override long GetTimestamp() => Interlocked.Add(ref asked, 60);
}
