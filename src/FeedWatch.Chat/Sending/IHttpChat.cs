using FeedWatch.Chat.Channels;
using FeedWatch.Contracts;

namespace FeedWatch.Chat.Sending;

/// <summary>
/// A chat that is posted to over HTTP: what to ask it, and what its answers mean. Pure, so that what would be sent can be shown and tested
/// without sending; <see cref="HttpChannel"/> does the sending.
/// </summary>
internal interface IHttpChat
{
    /// <summary>How many requests the chat takes in how long; none where only its answers tell.</summary>
    IReadOnlyList<Limit> Limits => [];

    /// <summary>As <see cref="IChatChannel.Wants"/>.</summary>
    bool Wants(FeedWatchEvent @event) => @event is not IncidentEvent { FoldedInto: not null };

    /// <summary>What must not be shown: tokens, and addresses that let anyone post who knows them.</summary>
    IReadOnlyList<string> Secrets { get; }

    /// <summary>
    /// The requests that post it, in order, at least one. All but the last can be made again without harm; what the last one is answered
    /// becomes the reference.
    /// </summary>
    IReadOnlyList<ChatRequest> Render(Delivery delivery);

    /// <summary>What became of a request.</summary>
    /// <param name="delivery">As it was rendered.</param>
    /// <param name="answer">To the last of its requests, or to one that was not accepted.</param>
    SendResult Read(Delivery delivery, ChatAnswer answer);

    /// <summary>Whether the post that <see cref="Delivery.Earlier"/> refers to is no longer there. It is then rendered again without it.</summary>
    bool EarlierIsGone(ChatAnswer answer) => false;

    /// <summary>How long the chat wants to be left alone after an answer that it gave to a request which went well; null where it does not say.</summary>
    TimeSpan? Pause(ChatAnswer answer) => null;
}

/// <summary>One request to a chat. Address and headers hold secrets, so that its text form says neither.</summary>
internal sealed record ChatRequest(HttpMethod Method, Uri Address, string Body)
{
    public string ContentType { get; init; } = "application/json";

    /// <summary>For example <c>Authorization</c>.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>True where it can be made twice and is there once: an edit, or one with a key by which the chat drops repeats.</summary>
    public bool Repeatable { get; init; }

    public override string ToString() => $"{Method} {Address.Host}";
}
