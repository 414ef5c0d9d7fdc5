using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using FeedWatch.Chat;
using FeedWatch.Chat.Channels;
using FeedWatch.Chat.Channels.Hooks;
using FeedWatch.Contracts;
using FeedWatch.Tests.Chat.Chats;
using FeedWatch.Tests.Chat.Posts;
using FeedWatch.Tests.Contracts;
using FeedWatch.Tests.Testing;
using FsCheck.Xunit;

namespace FeedWatch.Tests.Chat.Hooks;

public sealed class WebhookTests
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string NextSecret = "whsec_dGhpcnR5LXR3byBieXRlcyBvZiBhIG5ldyBzZWNyZXQh";

    private static readonly string[] OfTheConnection = ["Accept-Encoding", "Content-Length", "Host", "User-Agent"];

    private readonly SettableClock time = new(AnEvent.Time);

    public static TheoryData<string> Types => [.. Samples.All.Keys];

    [Fact]
    public void The_signature_is_the_one_that_Standard_Webhooks_gives_as_its_example() =>
        Assert.Equal("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", new WebhookSignature(Secret).Of("msg_p5jXN8AQM9LWM0D4loKWxJek", DateTimeOffset.FromUnixTimeSeconds(1_614_265_330), """{"test": 2432232314}""")["webhook-signature"]);

    [Theory]
    [InlineData(false, "webhook-binary.txt")]
    [InlineData(true, "webhook-structured.txt")]
    public async Task An_event_is_sent_as_a_signed_CloudEvent(bool structured, string file)
    {
        await using var server = await ChatServer.StartAsync(_ => new Answer(204));

        await ReceiverAt(server, structured).PostAsync(AnEvent.Updated());

        var asked = server.Requests.Single();
        var headers = asked.Headers.Where(h => !OfTheConnection.Contains(h.Key)).OrderBy(h => h.Key, StringComparer.Ordinal).Select(h => $"{h.Key}: {h.Value}\n");
        Approved.Matches($"{asked.Method} {asked.Path}\n{string.Concat(headers)}\n{asked.Body}\n", file);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public async Task The_body_is_the_event_of_the_bus_and_the_headers_say_the_same(string type)
    {
        await using var server = await ChatServer.StartAsync(_ => new Answer(200));
        var @event = Samples.All[type];

        await ReceiverAt(server, structured: false).PostAsync(@event);
        await ReceiverAt(server, structured: true).PostAsync(@event);

        var (binary, structured) = (server.Requests[0], server.Requests[1]);
        var inBody = structured.Json.EnumerateObject().Where(p => p.Name is not ("data" or "datacontenttype")).ToDictionary(p => p.Name, p => p.Value.GetString()!);
        Assert.Equal(EventJson.Serialize(@event), binary.Body);
        Assert.Equal(EventJson.Serialize(@event), structured.Json.GetProperty("data").GetRawText());
        Assert.Equal(inBody, binary.Headers.Where(h => h.Key.StartsWith("ce-", StringComparison.Ordinal)).ToDictionary(h => h.Key[3..], h => h.Value));
        Assert.Equal(@event.Id.ToString(), binary.Headers["webhook-id"]);
        Assert.All(server.Requests, r => AssertSigned(r, Secret));
    }

    [Fact]
    public async Task While_secrets_are_changed_either_one_opens_it()
    {
        await using var server = await ChatServer.StartAsync(_ => new Answer(200));
        var channel = AChannel.Of(new ChannelOptions { Type = "webhook", Url = server.Address.AbsoluteUri, Token = $"{NextSecret}\n{Secret}\n" }, time);

        await channel.PostAsync(AnEvent.Detected());

        AssertSigned(server.Requests.Single(), Secret);
        AssertSigned(server.Requests.Single(), NextSecret);
    }

    [Fact]
    public async Task Another_try_has_the_same_id_and_the_time_of_that_try_and_is_no_possible_repeat()
    {
        await using var server = await ChatServer.StartAsync(_ => new Answer(200));
        server.Next(Answer.Cut);
        var channel = ReceiverAt(server);

        var lost = Assert.IsType<SendResult.RetryLater>(await channel.PostAsync(AnEvent.Detected()));
        time.Advance(TimeSpan.FromHours(1));
        var sent = Assert.IsType<SendResult.Sent>(await channel.PostAsync(AnEvent.Detected(), interrupted: true));

        Assert.Equal((true, false), (lost.PerhapsSent, sent.PossiblyRepeated));
        Assert.Single(server.Requests.Select(r => (r.Headers["webhook-id"], r.Body)).Distinct());
        Assert.Equal(3_600, long.Parse(server.Requests[1].Headers["webhook-timestamp"], null) - long.Parse(server.Requests[0].Headers["webhook-timestamp"], null));
        Assert.All(server.Requests, r => AssertSigned(r, Secret));
    }

    [Property(Arbitrary = [typeof(MarkdownTests)], MaxTest = 200)]
    public void Whatever_a_feed_says_stays_in_its_field(string text)
    {
        var channel = AChannel.Of(new ChannelOptions { Type = "webhook", Url = "https://receiver.example/", Token = Secret, Structured = true });

        var body = channel.Bodies(Attacks.In(text)).Single();

        Assert.Equal(EventJson.Serialize(Attacks.In(text)), body.GetProperty("data").GetRawText());
        Assert.Equal(10, body.EnumerateObject().Count());
    }

    [Fact]
    public async Task A_receiver_takes_every_attack_and_what_is_awkward_and_none_is_in_a_header()
    {
        await using var server = await ChatServer.StartAsync(_ => new Answer(202));
        var channel = ReceiverAt(server);

        foreach (var @event in Attacks.All.Select(Attacks.In).Concat(Awkward.Events)) Assert.IsType<SendResult.Sent>(await channel.PostAsync(@event));

        Assert.All(server.Requests, r => AssertSigned(r, Secret));
        Assert.All(server.Requests, r => Assert.True(Encoding.UTF8.GetByteCount(r.Body) <= EventJson.MostBytes));
        Assert.All(server.Requests.SelectMany(r => r.Headers.Where(h => !OfTheConnection.Contains(h.Key))), h => Assert.Matches(@"^[A-Za-z0-9.,:;=/+ _-]+$", h.Value));
    }

    [Theory]
    [InlineData(401, "HTTP 401: the signature is wrong.")]
    [InlineData(404, "HTTP 404: the signature is wrong.")]
    [InlineData(410, "HTTP 410: the signature is wrong.")]
    public async Task A_receiver_that_is_gone_or_does_not_believe_us_is_asked_once(int status, string said)
    {
        await using var server = await ChatServer.StartAsync(_ => new Answer(status, "the signature is wrong"));

        Assert.Equal(said, await Awkward.FaultAsync(ReceiverAt(server)));
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(429, false)]
    [InlineData(503, false)]
    [InlineData(502, true)]
    public async Task It_waits_as_long_as_the_receiver_asks(int status, bool perhapsSent)
    {
        await using var server = await ChatServer.StartAsync(_ => new Answer(status, "", ("Retry-After", "120")));

        var later = Assert.IsType<SendResult.RetryLater>(await ReceiverAt(server).PostAsync(AnEvent.Detected()));

        Assert.Equal((TimeSpan.FromMinutes(2), perhapsSent), (later.After, later.PerhapsSent));
    }

    [Fact]
    public async Task A_story_is_four_events_over_a_restart()
    {
        await using var server = await ChatServer.StartAsync(_ => new Answer(200));

        await Awkward.TellAStoryAsync(ReceiverAt(server));

        Assert.Equal(["incident.detected", "incident.updated", "incident.merged", "incident.retracted"], server.Requests.Select(r => r.Json.GetProperty("type").GetString()));
    }

    [Fact]
    public void A_program_gets_also_what_a_burst_summary_tells_people() =>
        Assert.True(AChannel.Of(new ChannelOptions { Type = "webhook", Url = "https://receiver.example/", Token = Secret }).Wants(AnEvent.Detected() with { FoldedInto = AnEvent.Burst().Id }));

    private IChatChannel ReceiverAt(ChatServer server, bool structured = false) =>
        AChannel.Of(new ChannelOptions { Type = "webhook", Url = new Uri(server.Address, "feedwatch").AbsoluteUri, Token = Secret, Structured = structured }, time);

    /// <summary>As a receiver checks it.</summary>
    private static void AssertSigned(Asked asked, string secret)
    {
        var key = Convert.FromBase64String(secret["whsec_".Length..]);
        var mac = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{asked.Headers["webhook-id"]}.{asked.Headers["webhook-timestamp"]}.{asked.Body}"));
        Assert.Contains("v1," + Convert.ToBase64String(mac), asked.Headers["webhook-signature"].Split(' '));
        Assert.Equal(asked.Headers["webhook-id"], (asked.Json.TryGetProperty("data", out var data) ? data : asked.Json).GetProperty("id").GetString());
    }
}
