using FeedWatch.Chat.Channels;
using FeedWatch.Contracts;
using FeedWatch.Tests.Chat.Chats;
using FeedWatch.Tests.Contracts;
using FeedWatch.Tests.Testing;

namespace FeedWatch.Tests.Chat.Mail;

/// <summary>The mail server that most people have: what aiosmtpd takes (<see cref="EmailTests"/>), it must take too.</summary>
public sealed class PostfixTests
{
    [Fact]
    public async Task A_story_arrives_whole_as_one_thread_over_an_encrypted_connection()
    {
        await using var postfix = await PostfixServer.StartAsync();
        var clock = new SettableClock(AnEvent.Time);
        var channel = AChannel.Of(postfix.Settings("desk@paper.example", "Night desk <night@paper.example>"), clock);

        var first = Assert.IsType<SendResult.Sent>(await channel.PostAsync(AnEvent.Detected()));
        clock.Advance(TimeSpan.FromHours(3));
        await channel.PostAsync(AnEvent.Updated(), first.Reference);
        clock.Advance(TimeSpan.FromHours(3));
        await channel.PostAsync(Samples.All[EventTypes.IncidentRetracted], first.Reference);
        var mails = await postfix.MailboxAsync("desk", 3);
        var others = await postfix.MailboxAsync("night", 3);

        Assert.Equal(mails.Select(m => m.MessageId), others.Select(m => m.MessageId));
        Assert.Equal([null, mails[0].MessageId, mails[0].MessageId], mails.Select(m => m.InReplyTo));
        Assert.Equal(["BREAKING", "Re:", "Re:"], mails.Select(m => m.Subject!.Split(' ')[0]));
        Assert.Contains("800 → 1,000", mails[1].TextBody, StringComparison.Ordinal);
        Assert.All(mails, m => Assert.Equal("alerts@feedwatch.example", m.Headers["Return-Path"]!.Trim('<', '>')));
        Assert.Contains("ESMTPS", mails[0].Headers["Received"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_feed_says_arrives_as_it_was_written_and_adds_nothing()
    {
        await using var postfix = await PostfixServer.StartAsync();
        var clock = new SettableClock(AnEvent.Time);
        var channel = AChannel.Of(postfix.Settings("desk@paper.example"), clock);

        foreach (var attack in Attacks.All)
        {
            Assert.IsType<SendResult.Sent>(await channel.PostAsync(Attacks.In(attack)));
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        var mails = await postfix.MailboxAsync("desk", Attacks.All.Count);

        Assert.All(mails, m => Assert.Equal((1, 0, 0), (m.To.Count, m.Cc.Count, m.Bcc.Count)));
        Assert.Equal(Attacks.All.Select(a => Sent(channel, a)), mails.Select(m => (m.Subject, m.TextBody!.ReplaceLineEndings("\n"))));
    }

    [Fact]
    public async Task What_it_refuses_is_understood()
    {
        await using var postfix = await PostfixServer.StartAsync();

        var unknown = await AChannel.Of(postfix.Settings("nobody@paper.example")).PostAsync(AnEvent.Detected());
        var elsewhere = await AChannel.Of(postfix.Settings("desk@other.example")).PostAsync(AnEvent.Detected());
        var busy = await AChannel.Of(postfix.Settings("busy@paper.example")).PostAsync(AnEvent.Detected());
        var some = await AChannel.Of(postfix.Settings("desk@paper.example", "nobody@paper.example")).PostAsync(AnEvent.Detected());

        Assert.Contains("User unknown", Assert.IsType<SendResult.Broken>(unknown).Why, StringComparison.Ordinal);
        Assert.Contains("Relay access denied", Assert.IsType<SendResult.Broken>(elsewhere).Why, StringComparison.Ordinal);
        Assert.Contains("greylisted, come again", Assert.IsType<SendResult.RetryLater>(busy).Why, StringComparison.Ordinal);
        Assert.StartsWith("not to nobody@paper.example (550 5.1.1", Assert.IsType<SendResult.Sent>(some).Note, StringComparison.Ordinal);
        Assert.Single(await postfix.MailboxAsync("desk", 1));
    }

    private static (string? Subject, string Text) Sent(IChatChannel channel, string attack)
    {
        var raw = channel.Preview(new Delivery { Event = Attacks.In(attack) }).Single();
        using var text = new MemoryStream(System.Text.Encoding.ASCII.GetBytes(raw));
        using var message = MimeKit.MimeMessage.Load(text);
        return (message.Subject, message.TextBody!.ReplaceLineEndings("\n"));
    }
}
