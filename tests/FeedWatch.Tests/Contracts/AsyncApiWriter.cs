using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using FeedWatch.Contracts;

namespace FeedWatch.Tests.Contracts;

/// <summary>The AsyncAPI 3.1 document: what is the same for all events is written out here, the rest comes from the records.</summary>
internal static class AsyncApiWriter
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Document() =>
        $$"""
        # Generated from src/FeedWatch.Contracts by ContractFilesTests; do not edit.
        asyncapi: 3.1.0
        info:
          title: FeedWatch events
          version: 1.0.0
          license:
            name: MIT
          description: |
            What FeedWatch publishes about takedowns of encrypted-phone networks, and about its own health.

            - **Body**: plain JSON in UTF-8, one event, at most {{EventJson.MostBytes}} bytes; `leftOut` counts what had to go. Texts come from
              news feeds: they are plain text, never markup, and your bot must escape them for its chat.
            - **Attributes**: CloudEvents 1.0 in binary mode, as `cloudEvents_*` headers.
            - **Delivery** is at least once. A message that the broker confirmed is not lost; after a crash it may come again, under the
              same id. Keep the ids that you have handled, for as long as you may read them again (the archive queue: 30 days), and drop repeats.
            - **Order**: the events of one incident are published one after the other, and `sequence` grows. Between incidents, and
              after a redelivery by the broker, there is no order.
            - **What is not well** (`feed.failing`, `feed.silent`, `feed.gone`, `coverage.lost`, `channel.failing`) is told once, and once that it
              is over (`feed.recovered`, `coverage.restored`, `channel.recovered`), whose `after` is the id of the first.
            - **Change**: new optional fields may appear at any time, so ignore what you do not know. A breaking change gets a new
              `type` (`…v2`), published beside the old one for a while.
            - **Your queue**: declare a durable one, bind it to the exchange with the routing keys you want, acknowledge a message
              when you are done with it.
        defaultContentType: application/json
        servers:
          rabbitmq:
            host: 127.0.0.1:5672
            protocol: amqp
            protocolVersion: 0.9.1
            description: The operator's RabbitMQ 3.10 or newer; `Bus:Host`, `Bus:Port` and `Bus:VirtualHost` in FeedWatch's settings. amqps where `Bus:Tls` is set.
            security:
              - $ref: '#/components/securitySchemes/password'
        channels:
          events:
            title: All events
            address: '{event}.{severity}.{network}.{language}'
            description: |
              The routing key on the topic exchange. Bind with `incident.*.breaking.#` for every breaking incident, `incident.#.anom.*` for
              one network, `feed.#` for the state of the feeds, `#` for everything. `{{RoutingKey.None}}` stands where an event has none.
            servers:
              - $ref: '#/servers/rabbitmq'
            parameters:
              event:
                description: The event's type; mind that it holds a point, save `digest`.
                enum: {{Json(EventTypes.All.Keys)}}
              severity:
                enum: {{Json(Enum.GetValues<Severity>().Reverse().Select(RoutingKey.Name).Append(RoutingKey.None))}}
              network:
                description: The first network that the event is about, as a slug of lower-case letters, digits and hyphens.
                examples: ["anom", "sky-ecc", "{{RoutingKey.None}}"]
              language:
                description: Language of the article or the feed, ISO 639-1.
                examples: ["nl", "{{RoutingKey.None}}"]
            bindings:
              amqp:
                is: routingKey
                exchange:
                  name: feedwatch.events
                  type: topic
                  durable: true
                  autoDelete: false
                  vhost: /
                bindingVersion: 0.3.0
            messages: &messages
        {{Lines(EventTypes.All.Keys.Select(type => $"      {type}:\n        $ref: '#/components/messages/{type}'"))}}
          archive:
            title: What was published lately
            address: feedwatch.archive
            description: |
              A quorum queue that FeedWatch declares and binds with `#`, so that no event is ever unroutable and a bot that comes late finds
              what it missed. It keeps messages for `Bus:ArchiveMaxAge` (30 days) up to `Bus:ArchiveMaxBytes` (256 MiB), the oldest go first.
              Read it without acknowledging, or the next reader misses what you took.
            servers:
              - $ref: '#/servers/rabbitmq'
            bindings:
              amqp:
                is: queue
                queue:
                  name: feedwatch.archive
                  durable: true
                  exclusive: false
                  autoDelete: false
                  vhost: /
                bindingVersion: 0.3.0
            messages: *messages
          commands:
            title: What bots may ask
            address: '{command}'
            description: |
              The routing key on the direct exchange `feedwatch.commands`, which FeedWatch declares where `Bus:CommandSecret` is set: the service
              takes `retract` and `explain` (queue `feedwatch.commands`), `feedwatch bot` takes `mute` and `unmute` (queue
              `feedwatch.commands.chat`). Send with `mandatory`: a command that nobody takes comes back to you.
            servers:
              - $ref: '#/servers/rabbitmq'
            parameters:
              command:
                enum: {{Json(RequestTypes.All.Keys)}}
            bindings:
              amqp:
                is: routingKey
                exchange:
                  name: feedwatch.commands
                  type: direct
                  durable: true
                  autoDelete: false
                  vhost: /
                bindingVersion: 0.3.0
            messages:
        {{Lines(RequestTypes.All.Keys.Select(command => $"      {command}:\n        $ref: '#/components/messages/command.{command}'"))}}
          replies:
            title: What became of a command
            address: null
            description: The queue that the command named in `reply_to`; its `correlation_id` comes back.
            messages:
              reply:
                $ref: '#/components/messages/command.reply'
        operations:
          ask:
            action: receive
            channel:
              $ref: '#/channels/commands'
            summary: FeedWatch takes commands that are signed, fresh and new, each one once, and refuses all others.
            reply:
              channel:
                $ref: '#/channels/replies'
          publish:
            action: send
            channel:
              $ref: '#/channels/events'
            summary: FeedWatch publishes; persistent, mandatory, and done only when the broker has confirmed.
            bindings:
              amqp:
                deliveryMode: 2
                mandatory: true
                bindingVersion: 0.3.0
        components:
          securitySchemes:
            password:
              type: userPassword
              description: |
                A RabbitMQ user that may read the exchange and configure and read the bot's own queue; to send commands, also write to
                `feedwatch.commands`.
          schemas:
            signature:
              type: object
              description: |
                AMQP headers of a command. The signature is HMAC-SHA256 with the shared secret (the UTF-8 bytes of `Bus:CommandSecret`) over
                the timestamp as it is sent, a point (`.`) and the body, in lower-case hexadecimal digits. A command that is signed more than five minutes
                before or after FeedWatch's clock, or whose id was used before, is refused.
              required: [feedwatch-timestamp, feedwatch-signature]
              properties:
                feedwatch-timestamp: { type: string, pattern: '^[0-9]{1,12}$', description: Seconds since 1970. }
                feedwatch-signature: { type: string, pattern: '^[0-9a-f]{64}$' }
            attributes:
              type: object
              description: CloudEvents 1.0 attributes. The AMQP property `message-id` equals `cloudEvents_id`.
              required: [cloudEvents_specversion, cloudEvents_id, cloudEvents_source, cloudEvents_type, cloudEvents_dataschema, cloudEvents_time]
              properties:
                cloudEvents_specversion: { const: '1.0' }
                cloudEvents_id: { type: string, format: uuid, description: 'The event''s `id`: the key to drop repeats by.' }
                cloudEvents_source: { type: string, description: '`urn:feedwatch`.' }
                cloudEvents_type: { type: string, description: 'For example `org.feedwatch.incident.detected.v1`.' }
                cloudEvents_dataschema: { type: string, description: 'The `$id` of the JSON Schema of the body.' }
                cloudEvents_time: { type: string, format: date-time, description: When FeedWatch learnt of it. }
                cloudEvents_subject: { type: string, format: uuid, description: The incident that the event belongs to. }
                cloudEvents_sequence: { type: string, pattern: '^[0-9]{10}$', description: 'The event''s `sequence` in its incident; sorts as text.' }
          messages:
        {{Lines(EventTypes.All.Keys.Select(Message))}}
        {{Lines(Samples.Requests.Keys.Select(Request))}}

        """.ReplaceLineEndings("\n").Replace("\n\n\n", "\n", StringComparison.Ordinal);

    private static string Message(string type) =>
        $"""
            {type}:
              name: org.feedwatch.{type}.v1
              title: {type}
              summary: {Json(new Docstrings(typeof(FeedWatchEvent).Assembly).Of(EventTypes.All[type]))}
              headers:
                $ref: '#/components/schemas/attributes'
              payload:
                schemaFormat: application/schema+json;version=draft-2020-12
                schema:
                  $ref: ./schemas/{type}.json
              examples:
                - name: {type}
                  payload: {EventJson.Serialize(Samples.All[type])}
        """;

    private static string Request(string command) =>
        $"""
            command.{command}:
              name: {command}
              summary: {Json(new Docstrings(typeof(FeedWatchEvent).Assembly).Of(command == Samples.Reply ? typeof(BotReply) : RequestTypes.All[command]))}{(command == Samples.Reply ? "" : "\n      headers:\n        $ref: '#/components/schemas/signature'")}
              payload:
                schemaFormat: application/schema+json;version=draft-2020-12
                schema:
                  $ref: ./schemas/commands/{command}.json
              examples:
                - name: {command}
                  payload: {Samples.Requests[command]}
        """;

    private static string Lines(IEnumerable<string> parts) => new StringBuilder().AppendJoin('\n', parts).ToString();

    private static string Json(object value) => JsonSerializer.Serialize(value, Plain);
}
