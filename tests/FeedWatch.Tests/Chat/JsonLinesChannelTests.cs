using FeedWatch.Chat.Channels;
using FeedWatch.Chat.Channels.Local;
using FeedWatch.Contracts;
using Microsoft.Extensions.Time.Testing;

namespace FeedWatch.Tests.Chat;

public sealed class JsonLinesChannelTests
{
    [Fact]
    public async Task An_incident_is_one_line_and_a_repeat_is_marked()
    {
        var output = new StringWriter();
        var channel = new JsonLinesChannel("json", output, new FakeTimeProvider(AnEvent.Time));

        await channel.SendAsync(new Delivery { Event = AnEvent.Detected() }, TestContext.Current.CancellationToken);
        await channel.SendAsync(new Delivery { Event = AnEvent.Updated(), Interrupted = true }, TestContext.Current.CancellationToken);

        var lines = output.ToString().Split('\n');
        Assert.Equal(EventJson.Serialize(AnEvent.Detected())[..^1] + ",\"ts\":1623145267.000}", lines[0]);
        Assert.EndsWith(",\"ts\":1623145267.000,\"possiblyRepeated\":true}", lines[1], StringComparison.Ordinal);
        Assert.Equal("", lines[2]);
    }

    [Fact]
    public void Only_incidents_go_to_a_pipe()
    {
        var channel = new JsonLinesChannel("json", TextWriter.Null, TimeProvider.System);

        Assert.True(channel.Wants(AnEvent.Updated()));
        Assert.False(channel.Wants(AnEvent.Burst()));
        Assert.False(channel.Wants(AnEvent.Matched()));
    }
}
