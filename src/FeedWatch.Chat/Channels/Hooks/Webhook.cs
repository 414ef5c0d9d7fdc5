using System.Text.Json.Nodes;
using FeedWatch.Chat.Sending;
using FeedWatch.Contracts;

namespace FeedWatch.Chat.Channels.Hooks;

/// <summary>
/// Any program that takes HTTP: the event itself, as a CloudEvent (https://github.com/cloudevents/spec, HTTP protocol binding 1.0.2), signed as
/// Standard Webhooks asks (https://www.standardwebhooks.com). The <c>webhook-id</c> is the event's id and the same at every try, so that a receiver
/// drops repeats by it. Being for programs, it brings also what a <c>burst.summary</c> tells people.
/// </summary>
internal sealed class Webhook(ChannelOptions options, TimeProvider time) : IHttpChat
{
    public static readonly ChannelType Type = HttpChannel.Type(
        Faults, (o, time) => new Webhook(o, time), () => new ChannelOptions { Url = "https://receiver.example/feedwatch", Token = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" }, nameof(ChannelOptions.Token), nameof(ChannelOptions.Structured));

    private readonly WebhookSignature signature = new(options.Secret());

    public IReadOnlyList<string> Secrets { get; } = [.. WebhookSignature.SecretsIn(options.Secret()), .. ChannelSettings.SecretsOfWebhook(options.Address())];

    public bool Wants(FeedWatchEvent @event) => true;

    public IReadOnlyList<ChatRequest> Render(Delivery delivery)
    {
        var id = delivery.Event.Id.ToString();
        var body = options.Structured ? Structured(delivery.Event) : EventJson.Serialize(delivery.Event);
        var headers = signature.Of(id, time.GetUtcNow(), body);
        if (!options.Structured)
        {
            foreach (var (name, value) in CloudEventAttributes.Of(delivery.Event)) headers[$"ce-{name}"] = value; // all of them words of ours in ASCII: nothing to percent-encode
        }

        return
        [
            new ChatRequest(HttpMethod.Post, options.Address(), body)
            {
                ContentType = options.Structured ? "application/cloudevents+json; charset=utf-8" : "application/json",
                Headers = headers,
                Repeatable = true,
            },
        ];
    }

    public SendResult Read(Delivery delivery, ChatAnswer answer) => answer.IsSuccess ? new SendResult.Sent(null) : answer.NotAccepted();

    private static IEnumerable<string> Faults(ChannelOptions options) =>
    [
        .. options.NeedsAddress("the receiver's address"),
        .. options.NeedsTokens("the key that signs: whsec_ and 24 to 64 bytes in base64 (echo whsec_$(openssl rand -base64 32))", most: 2, WebhookSignature.IsSecret),
        .. options.ChecksUpdates("with a webhook, whose receiver gets every event", UpdateStyle.Post),
    ];

    private static string Structured(FeedWatchEvent @event)
    {
        var body = new JsonObject();
        foreach (var (name, value) in CloudEventAttributes.Of(@event)) body[name] = value;
        body["datacontenttype"] = "application/json";
        return $"{body.ToJsonString(EventJson.Options)[..^1]},\"data\":{EventJson.Serialize(@event)}}}"; // as it is on the bus, to the byte
    }
}
