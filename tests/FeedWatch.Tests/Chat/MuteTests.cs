using FeedWatch.Chat.Muting;
using FeedWatch.Commands;
using FeedWatch.Contracts;
using FeedWatch.Hosting;
using FeedWatch.Tests.Contracts;

namespace FeedWatch.Tests.Chat;

/// <summary>What is kept away from chats for a time, set while the chat side runs.</summary>
public sealed class MuteTests
{
    private static readonly IncidentDetected Sky = AnEvent.Detected("sky") with { Networks = [AnEvent.Network("Sky ECC", about: true), AnEvent.Network("ANOM")] };
    private static readonly IncidentDetected Both = AnEvent.Detected("both") with { Networks = [AnEvent.Network("Sky ECC", about: true), AnEvent.Network("Exclu", about: true)] };
    private static readonly IncidentDetected Exclu = AnEvent.Detected("exclu") with { Networks = [AnEvent.Network("Exclu", about: true)] };

    private readonly CollectingChannel desk = new("desk");
    private readonly CollectingChannel archive = new("archive");

    [Fact]
    public async Task A_muted_network_is_not_posted_and_one_that_it_is_told_with_is()
    {
        await using var room = await RoomAsync();
        Assert.True(new MuteDesk(room.Place).Set(Muted(Mute.Network("Sky ECC"))));

        await room.RecordAsync(Sky, Both, Exclu);
        await room.WhenIdleAsync();

        Assert.Equal([Both.Id, Exclu.Id], desk.Sent.Select(d => d.Event.Id));
        Assert.Equal(2, Assert.Single(new MuteDesk(room.Place).Active(AnEvent.Time)!).Kept); // one for each channel
    }

    [Fact]
    public async Task A_mute_of_one_channel_leaves_the_others_alone()
    {
        await using var room = await RoomAsync();
        new MuteDesk(room.Place).Set(Muted(Mute.Everything, "Desk"));

        await room.RecordAsync(Sky, AnEvent.Burst(), Samples.All[EventTypes.FeedGone]);
        await room.WhenIdleAsync();

        Assert.Equal((0, 3), (desk.Sent.Count, archive.Sent.Count));
    }

    [Fact]
    public async Task A_mute_ends_by_itself_and_what_it_kept_away_stays_away()
    {
        await using var room = await RoomAsync();
        new MuteDesk(room.Place).Set(Muted(Mute.Incident(Sky.IncidentId)));
        await room.RecordAsync(Sky);

        room.Time.Advance(TimeSpan.FromHours(2));
        await room.RecordAsync(Sky, AnEvent.Updated() with { IncidentId = Sky.IncidentId });
        await room.WhenIdleAsync();

        Assert.Equal([AnEvent.Updated().Id], desk.Sent.Select(d => d.Event.Id));
    }

    [Fact]
    public async Task A_mute_that_is_ended_by_hand_holds_nothing_back_any_more()
    {
        await using var room = await RoomAsync();
        var mutes = new MuteDesk(room.Place);
        mutes.Set(Muted(Mute.Network("sky-ecc"), "desk"));

        var ended = (mutes.End(Mute.Network("Sky ECC"), "DESK", AnEvent.Time), mutes.End(Mute.Network("Sky ECC"), "desk", AnEvent.Time));
        await room.RecordAsync(Sky);
        await room.WhenIdleAsync();

        Assert.Equal((true, false), ended);
        Assert.Single(desk.Sent);
    }

    [Fact]
    public async Task That_an_incident_was_wrong_is_told_although_it_is_muted()
    {
        await using var room = await RoomAsync();
        var retracted = (IncidentRetracted)Samples.All[EventTypes.IncidentRetracted];
        new MuteDesk(room.Place).Set(Muted(Mute.Incident(retracted.IncidentId)));

        await room.RecordAsync(retracted);
        await room.WhenIdleAsync();

        Assert.Single(desk.Sent);
    }

    [Fact]
    public async Task A_burst_is_muted_when_all_its_incidents_are()
    {
        await using var room = await RoomAsync();
        var mutes = new MuteDesk(room.Place);
        var entries = AnEvent.Burst().Entries;
        foreach (var entry in entries.Skip(1)) mutes.Set(Muted(Mute.Incident(entry.IncidentId)));

        await room.RecordAsync(AnEvent.Burst());
        mutes.Set(Muted(Mute.Incident(entries[0].IncidentId)));
        await room.RecordAsync(AnEvent.Burst() with { Id = AnEvent.Id("another burst") });
        await room.WhenIdleAsync();

        Assert.Equal([AnEvent.Burst().Id], desk.Sent.Select(d => d.Event.Id));
    }

    [Fact]
    public async Task A_running_service_goes_by_what_is_muted_on_the_command_line()
    {
        await using var room = await RoomAsync();

        Assert.Equal(ExitCode.Done, await RunAsync(room, "mute", "Sky ECC", "--for", "2h"));
        await room.RecordAsync(Sky);
        Assert.Equal(ExitCode.Done, await RunAsync(room, "mutes"));
        Assert.Equal(ExitCode.Done, await RunAsync(room, "unmute", "sky-ecc"));
        await room.RecordAsync(Sky with { Id = AnEvent.Id("again") });
        await room.WhenIdleAsync();
        Assert.Equal(ExitCode.Done, await RunAsync(room, "mute", $"{Sky.IncidentId}"[..8], "--for", "7d", "--channel", "desk"));

        Assert.Equal([AnEvent.Id("again")], desk.Sent.Select(d => d.Event.Id));
        Assert.Equal((Mute.Incident(Sky.IncidentId), "desk"), new MuteDesk(room.Place).Active(AnEvent.Time)!.Select(m => (m.What, m.Channel)).Single(m => m.Channel.Length > 0));
    }

    [Theory]
    [InlineData(ExitCode.BadInput, "mute", "Sky ECC", "--for", "soon")]
    [InlineData(ExitCode.BadInput, "mute", "Sky ECC", "--for", "10s")]
    [InlineData(ExitCode.BadInput, "mute", "?!", "--for", "2h")]
    [InlineData(ExitCode.BadInput, "unmute", "Sky ECC")]
    [InlineData(ExitCode.Usage, "mute", "--for", "2h")]
    [InlineData(ExitCode.Usage, "mute", "Sky ECC", "--all", "--for", "2h")]
    [InlineData(ExitCode.Usage, "mute", "Sky ECC")]
    public async Task What_cannot_be_muted_is_refused(int code, params string[] arguments)
    {
        await using var room = await RoomAsync();

        Assert.Equal(code, await RunAsync(room, arguments));
        Assert.Empty(new MuteDesk(room.Place).Active(AnEvent.Time)!);
    }

    [Fact]
    public async Task Without_a_chat_store_nothing_can_be_muted()
    {
        var folder = Directory.CreateTempSubdirectory("feedwatch-none-");

        Assert.Equal(ExitCode.BadInput, await CommandLine.RunAsync(["chat", "mute", "ANOM", "--for", "2h", "--data", folder.FullName], TestContext.Current.CancellationToken));
        Assert.Empty(folder.GetFiles());
        folder.Delete();
    }

    private async Task<ChatRoom> RoomAsync()
    {
        var room = new ChatRoom(desk, archive);
        await room.StartAsync();
        return room;
    }

    private static Mute Muted(string what, string channel = "") => new(what, channel, AnEvent.Time, AnEvent.Time.AddHours(2));

    private static Task<int> RunAsync(ChatRoom room, params string[] arguments) =>
        CommandLine.RunAsync(["chat", .. arguments, "--data", room.Folder], TestContext.Current.CancellationToken);
}
