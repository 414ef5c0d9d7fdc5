using System.Globalization;
using System.Text;
using FeedWatch.Chat;
using FeedWatch.Chat.Bus;
using FeedWatch.Chat.Commanding;
using FeedWatch.Chat.Muting;
using FeedWatch.Contracts;
using FeedWatch.Tests.Contracts;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace FeedWatch.Tests.Chat;

/// <summary>What bots ask: which of it is let through, and what the chat side makes of it.</summary>
public sealed class RequestTests
{
    private static readonly byte[] Secret = Encoding.UTF8.GetBytes("0123456789abcdef0123456789abcdef");
    private static readonly string Body = Samples.Requests[RequestTypes.Mute];

    [Fact]
    public void The_signature_is_the_one_that_python_makes() =>
        Assert.Equal("eeecc462758cb706680b76b200fcfc20277b68006f072f2456e75f462bb52dc3", RequestGate.Sign(Secret, "1623145267", Encoding.UTF8.GetBytes("{\"command\":\"mute\"}")));

    [Fact]
    public void A_request_that_is_signed_and_fresh_is_let_through()
    {
        var request = Assert.IsType<GateResult.Accepted>(Check(Body, Headers(Body, AnEvent.Time))).Request;

        Assert.Equal(("EncroChat", 120), (Assert.IsType<MuteRequest>(request).Network, ((MuteRequest)request).Minutes));
    }

    [Theory]
    [InlineData(-5)]
    [InlineData(5)]
    public void A_clock_may_be_five_minutes_off_and_no_more(int minutes)
    {
        Assert.IsType<GateResult.Accepted>(Check(Body, Headers(Body, AnEvent.Time.AddMinutes(minutes))));
        Assert.IsType<GateResult.Refused>(Check(Body, Headers(Body, AnEvent.Time.AddMinutes(minutes).AddSeconds(Math.Sign(minutes)))));
    }

    public static TheoryData<string> Forgeries => ["no headers", "no timestamp", "another secret", "another body", "another timestamp", "upper case", "empty", "too long", "not ascii"];

    [Theory]
    [MemberData(nameof(Forgeries))]
    public void What_is_not_rightly_signed_is_told_nothing(string forgery)
    {
        var headers = Headers(Body, AnEvent.Time);
        var body = Body;
        switch (forgery)
        {
            case "no headers": headers.Clear(); break;
            case "no timestamp": headers.Remove(RequestGate.TimestampHeader); break;
            case "another secret": headers[RequestGate.SignatureHeader] = RequestGate.Sign(new byte[32], headers[RequestGate.TimestampHeader], Encoding.UTF8.GetBytes(Body)); break;
            case "another body": body = Body.Replace("120", "999", StringComparison.Ordinal); break;
            case "another timestamp": headers[RequestGate.TimestampHeader] = Seconds(AnEvent.Time.AddSeconds(1)); break;
            case "upper case": headers[RequestGate.SignatureHeader] = headers[RequestGate.SignatureHeader].ToUpperInvariant(); break;
            case "empty": headers[RequestGate.SignatureHeader] = ""; break;
            case "too long": headers[RequestGate.SignatureHeader] += "00"; break;
            default: headers[RequestGate.SignatureHeader] = "é" + headers[RequestGate.SignatureHeader][1..]; break;
        }

        Assert.IsType<GateResult.Unsigned>(Check(body, headers));
    }

    [Theory]
    [InlineData("{\"command\":\"shutdown\",\"id\":\"8c68dcea-57d5-35ee-1fa9-b718e87a6e8d\"}")]
    [InlineData("{\"command\":\"mute\",\"network\":\"ANOM\",\"minutes\":5}")] // no id
    [InlineData("{\"command\":\"mute\",\"id\":\"8c68dcea-57d5-35ee-1fa9-b718e87a6e8d\",\"minutes\":\"long\"}")]
    [InlineData("{\"id\":\"8c68dcea-57d5-35ee-1fa9-b718e87a6e8d\"}")]
    [InlineData("{\"command\":\"retract\",\"id\":\"8c68dcea-57d5-35ee-1fa9-b718e87a6e8d\",\"incidentId\":\"8c68dcea-57d5-35ee-1fa9-b718e87a6e8d\",\"reason\":null}")]
    [InlineData("{\"command\":\"explain\",\"id\":\"8c68dcea-57d5-35ee-1fa9-b718e87a6e8d\",\"title\":null}")]
    [InlineData("[1]")]
    [InlineData("null")]
    [InlineData("mute!")]
    public void What_is_signed_and_no_request_is_refused_with_a_word(string body) =>
        Assert.StartsWith("It is no request", Assert.IsType<GateResult.Refused>(Check(body, Headers(body, AnEvent.Time))).Why, StringComparison.Ordinal);

    [Fact]
    public void A_body_that_is_too_large_is_not_even_read()
    {
        var body = new string(' ', RequestGate.MostBytes) + Body;

        Assert.IsType<GateResult.Unsigned>(Check(body, Headers(body, AnEvent.Time)));
    }

    [Fact]
    public async Task A_bot_mutes_a_network_once_for_each_request()
    {
        var channel = new CollectingChannel("desk");
        await using var room = new ChatRoom(channel);
        await room.StartAsync();
        var desk = new ChatDesk(room.Ledger, ChatRoom.RoutesTo(channel));
        var mute = new MuteRequest { Id = AnEvent.Id("ask"), Network = "anom", Channel = "DESK", Minutes = 60 };

        var first = await AskAsync(desk, mute);
        var again = await AskAsync(desk, mute);
        await room.RecordAsync(AnEvent.Detected());
        var unmuted = await AskAsync(desk, new UnmuteRequest { Id = AnEvent.Id("ask again"), Network = "ANOM", Channel = "desk" });
        await room.RecordAsync(AnEvent.Updated());
        await room.WhenIdleAsync();

        Assert.Equal((true, "Muted until 2021-06-08 10:41 UTC.", true), (first!.Done, first.Message, unmuted!.Done));
        Assert.Null(again);
        Assert.Equal([AnEvent.Updated().Id], channel.Sent.Select(d => d.Event.Id));
    }

    public static TheoryData<BotRequest> Nonsense =>
    [
        new MuteRequest { Id = AnEvent.Id("ask"), Network = "anom", Channel = "irc", Minutes = 60 },
        new MuteRequest { Id = AnEvent.Id("ask"), Network = "anom", Minutes = 0 },
        new MuteRequest { Id = AnEvent.Id("ask"), Network = "anom", Minutes = int.MaxValue },
        new MuteRequest { Id = AnEvent.Id("ask"), Network = "anom", IncidentId = AnEvent.Id("incident anom"), Minutes = 60 },
        new MuteRequest { Id = AnEvent.Id("ask"), Network = "?!", Minutes = 60 },
        new MuteRequest { Id = AnEvent.Id("ask"), Minutes = 60 },
        new UnmuteRequest { Id = AnEvent.Id("ask"), Network = "anom" },
        new RetractRequest { Id = AnEvent.Id("ask"), IncidentId = AnEvent.Id("incident anom"), Reason = "a hoax" },
    ];

    [Theory]
    [MemberData(nameof(Nonsense), DisableDiscoveryEnumeration = true)]
    public async Task What_makes_no_sense_changes_nothing_and_is_told_why(BotRequest request)
    {
        await using var room = new ChatRoom(new CollectingChannel("desk"));

        var reply = await AskAsync(new ChatDesk(room.Ledger, ChatRoom.RoutesTo(new CollectingChannel("desk"))), request);

        Assert.False(reply!.Done);
        Assert.NotEmpty(reply.Message);
        Assert.Empty(new MuteDesk(room.Place).Active(AnEvent.Time)!);
    }

    [Theory]
    [InlineData("InMemory", "0123456789abcdef0123456789abcdef", null, "bots can ask over RabbitMQ only")]
    [InlineData("RabbitMq", "short", null, "Bus:CommandSecret is shorter than 32 characters")]
    [InlineData("RabbitMq", null, "/nowhere/secret", "Bus:CommandSecretFile '/nowhere/secret' cannot be read")]
    [InlineData("RabbitMq", "0123456789abcdef0123456789abcdef", "/nowhere/secret", "are both set")]
    public void A_wrong_secret_stops_the_start(string transport, string? secret, string? file, string said)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Bus:Transport"] = transport, ["Bus:CommandSecret"] = secret, ["Bus:CommandSecretFile"] = file }).Build();

        var fault = Assert.Throws<OptionsValidationException>(() => BusOptions.Read(configuration));

        Assert.Contains(said, Assert.Single(fault.Failures), StringComparison.Ordinal);
    }

    private static GateResult Check(string body, Dictionary<string, string> headers) => new RequestGate(Secret).Check(headers, Encoding.UTF8.GetBytes(body), AnEvent.Time);

    private static Dictionary<string, string> Headers(string body, DateTimeOffset at) => new()
    {
        [RequestGate.TimestampHeader] = Seconds(at),
        [RequestGate.SignatureHeader] = RequestGate.Sign(Secret, Seconds(at), Encoding.UTF8.GetBytes(body)),
    };

    private static string Seconds(DateTimeOffset at) => at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    private static Task<BotReply?> AskAsync(ChatDesk desk, BotRequest request) => desk.AnswerAsync(request, AnEvent.Time, TestContext.Current.CancellationToken);
}
