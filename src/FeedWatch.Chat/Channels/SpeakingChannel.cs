using FeedWatch.Chat.Posts;
using FeedWatch.Contracts;

namespace FeedWatch.Chat.Channels;

/// <summary>A channel that speaks as its settings say. It gives each delivery the channel's voice, so that no type of channel needs to know of it.</summary>
internal sealed class SpeakingChannel(IChatChannel channel, Voice voice) : IChatChannel
{
    public string Name => channel.Name;

    public bool Wants(FeedWatchEvent @event) => channel.Wants(@event);

    public Task ReadyAsync(CancellationToken cancellationToken) => channel.ReadyAsync(cancellationToken);

    public Task<SendResult> SendAsync(Delivery delivery, CancellationToken cancellationToken) => channel.SendAsync(delivery with { Voice = voice }, cancellationToken);

    public IReadOnlyList<string> Preview(Delivery delivery) => channel.Preview(delivery with { Voice = voice });
}
