using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using FeedWatch.Chat;
using FeedWatch.Chat.Channels;
using FeedWatch.Tests.Chat;
using FeedWatch.Tests.Chat.Chats;

namespace FeedWatch.EndToEnd;

/// <summary>The receiver of <c>deploy/bots/python/webhook.py</c>, which people copy, against the real channel.</summary>
public sealed class WebhookReceiverTests : IDisposable
{
    private const string Secret = "whsec_dGhpcnR5LXR3byBieXRlcyBvZiBhbiBvbGQgc2VjcmV0IQ==";
    private const string NextSecret = "whsec_dGhpcnR5LXR3byBieXRlcyBvZiBhIG5ldyBzZWNyZXQh";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("feedwatch-webhook-");

    private string SecretFile => Path.Combine(folder.FullName, "secret");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task It_prints_each_event_once_in_either_mode()
    {
        await using var receiver = await StartAsync(Secret);

        var binary = await ChannelTo(receiver, Secret).PostAsync(AnEvent.Detected());
        var repeat = await ChannelTo(receiver, Secret).PostAsync(AnEvent.Detected());
        var structured = await ChannelTo(receiver, Secret, structured: true).PostAsync(AnEvent.Updated());

        Assert.All([binary, repeat, structured], r => Assert.IsType<SendResult.Sent>(r));
        await receiver.WaitForAsync(r => r.Output.Count == 2);
        Assert.Equal(
            [$"incident.detected {AnEvent.Detected().Id} {AnEvent.Detected().Title}", $"incident.updated {AnEvent.Updated().Id} {AnEvent.Updated().Title}"],
            receiver.Output);
    }

    [Fact]
    public async Task It_believes_nobody_else_and_nothing_old()
    {
        await using var receiver = await StartAsync(Secret);
        var forged = await ChannelTo(receiver, NextSecret).PostAsync(AnEvent.Detected());
        var recorded = await ChannelTo(receiver, Secret, time: new AnHourAgo()).PostAsync(AnEvent.Detected());

        Assert.Equal("HTTP 401: the signature is wrong.", Assert.IsType<SendResult.Broken>(forged).Why);
        Assert.Matches(@"^HTTP 401: it was signed 36\d\d seconds ago\.$", Assert.IsType<SendResult.Broken>(recorded).Why);
        Assert.Empty(receiver.Output);
    }

    [Fact]
    public async Task Secrets_change_with_nothing_lost_on_either_side()
    {
        await using var receiver = await StartAsync(Secret);

        var both = await ChannelTo(receiver, $"{NextSecret} {Secret}").PostAsync(AnEvent.Detected("first")); // the sender signs with both,
        await File.WriteAllTextAsync(SecretFile, NextSecret, TestContext.Current.CancellationToken); // then the receiver changes,
        var next = await ChannelTo(receiver, $"{NextSecret} {Secret}").PostAsync(AnEvent.Detected("second"));
        var only = await ChannelTo(receiver, NextSecret).PostAsync(AnEvent.Detected("third")); // then the sender forgets the old one

        Assert.All([both, next, only], r => Assert.IsType<SendResult.Sent>(r));
    }

    private async Task<FeedWatchProcess> StartAsync(string secret, [CallerFilePath] string here = "")
    {
        await File.WriteAllTextAsync(SecretFile, secret + "\n", TestContext.Current.CancellationToken);
        var script = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "deploy", "bots", "python", "webhook.py"));
        var receiver = FeedWatchProcess.Start(new ProcessStartInfo("python3", [script, "0", SecretFile]));
        await receiver.WaitForAsync(r => r.Log.Any(l => l.StartsWith("waiting", StringComparison.Ordinal)));
        return receiver;
    }

    private static IChatChannel ChannelTo(FeedWatchProcess receiver, string secrets, bool structured = false, TimeProvider? time = null)
    {
        var port = Regex.Match(receiver.Log.First(l => l.StartsWith("waiting", StringComparison.Ordinal)), @"\d+").Value;
        return AChannel.Of(new ChannelOptions { Type = "webhook", Url = $"http://127.0.0.1:{port}/", Token = secrets, Structured = structured }, time);
    }

    private sealed class AnHourAgo : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() - TimeSpan.FromHours(1);
    }
}
