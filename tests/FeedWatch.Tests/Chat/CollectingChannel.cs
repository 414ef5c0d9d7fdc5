using FeedWatch.Chat.Channels;

namespace FeedWatch.Tests.Chat;

/// <summary>Keeps what it is sent; answers as told, then that all went well.</summary>
internal sealed class CollectingChannel(string name, params SendResult[] answers) : IChatChannel
{
    private readonly Queue<SendResult> _answers = new(answers);

    public string Name => name;

    public List<Delivery> Sent { get; } = [];

    public Func<Delivery, CancellationToken, Task> OnSend { get; init; } = (_, _) => Task.CompletedTask;

    /// <summary>Its pace; it is always ready where a test does not say otherwise.</summary>
    public Func<CancellationToken, Task> OnReady { get; init; } = _ => Task.CompletedTask;

    public Task ReadyAsync(CancellationToken cancellationToken) => OnReady(cancellationToken);

    public IReadOnlyList<string> Preview(Delivery delivery) => [FeedWatch.Contracts.EventJson.Serialize(delivery.Event)];

    public async Task<SendResult> SendAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        await OnSend(delivery, cancellationToken);
        var answer = _answers.TryDequeue(out var next) ? next : new SendResult.Sent($"{name}-{Sent.Count + 1}");
        if (answer is SendResult.Sent) Sent.Add(delivery);
        return answer;
    }
}
