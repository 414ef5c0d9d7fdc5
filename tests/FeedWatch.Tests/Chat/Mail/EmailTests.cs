using System.Text.Json;
using System.Text.RegularExpressions;
using FeedWatch.Chat;
using FeedWatch.Chat.Channels;
using FeedWatch.Chat.Channels.Mail;
using FeedWatch.Contracts;
using FeedWatch.Tests.Chat.Chats;
using FeedWatch.Tests.Chat.Posts;
using FeedWatch.Tests.Contracts;
using FeedWatch.Tests.Testing;
using FsCheck.Xunit;
using MimeKit;

namespace FeedWatch.Tests.Chat.Mail;

public sealed partial class EmailTests
{
    private static readonly string[] Headers = ["From", "Date", "Subject", "Message-Id", "To", "List-Id", "Auto-Submitted", "MIME-Version", "Content-Type", "Content-Language"];

    [Fact]
    public void A_takedown_is_a_message_of_text_and_html() => Approved.Matches(Shown(AnEvent.Detected()), "email-detected.txt");

    [Fact]
    public void An_update_answers_the_first_message_under_its_subject() =>
        Approved.Matches(Shown(AnEvent.Updated(), earlier: "1.crime-desk@feedwatch.example BREAKING takedown · ANOM: Politie leest mee"), "email-updated.txt");

    [Fact]
    public void Digests_notices_and_bursts_have_their_words() =>
        Approved.Matches(Shown(Samples.All[EventTypes.Digest]) + Shown(Samples.All[EventTypes.FeedFailing]) + Shown(AnEvent.Burst()) + Shown(AnEvent.Minimal(), interrupted: true), "email-others.txt");

    [Fact]
    public void A_repeat_is_the_same_message_and_another_channels_is_not()
    {
        var other = Settings();
        other.Name = "Другой";

        Assert.Equal($"{AnEvent.Detected().Id}.crime-desk@feedwatch.example", Message(AnEvent.Detected()).MessageId);
        Assert.Equal(Message(AnEvent.Detected()).MessageId, Message(AnEvent.Detected(), interrupted: true).MessageId);
        Assert.NotEqual(Message(AnEvent.Detected()).MessageId, Read(AChannel.Of(other).Preview(new Delivery { Event = AnEvent.Detected() })).MessageId);
    }

    [Fact]
    public void Attacks_are_shown_as_the_words_that_they_are() =>
        Approved.Matches(Attacks.Shown(attack => Message(Attacks.In(attack)).Subject!.Split(": ", 2)[^1]), "email-attacks.txt");

    [Fact]
    public void Nothing_gets_through_in_any_other_kind_of_event() =>
        Assert.All(Attacks.All.SelectMany(Attacks.InOthers), e => AssertSafe(Raw(e), Headers));

    [Property(Arbitrary = [typeof(MarkdownTests)], MaxTest = 200)]
    public void Whatever_a_feed_says_adds_no_header_no_markup_and_no_picture(string text)
    {
        AssertSafe(Raw(Attacks.In(text)), Headers);
        AssertSafe(Raw(Attacks.In(text), earlier: $"1@x.example {AnEvent.Detected().Title}"), [.. Headers, "In-Reply-To", "References"]);
    }

    [Fact]
    public async Task A_mail_server_takes_every_attack_and_another_parser_finds_nothing_in_them()
    {
        await using var server = await SmtpServer.StartAsync();
        var channel = AChannel.Of(server.Settings());

        foreach (var attack in Attacks.All)
        {
            var sent = await channel.PostAsync(Attacks.In(attack));
            Assert.True(sent is SendResult.Sent, $"{attack}: {WhyOf(sent)}");
            var mail = await server.NextAsync();
            Assert.Equal(Headers.Order(StringComparer.OrdinalIgnoreCase), mail.GetProperty("headers").EnumerateArray().Select(h => h[0].GetString()!).Order(StringComparer.OrdinalIgnoreCase), StringComparer.OrdinalIgnoreCase);
            AssertHarmless(mail.GetProperty("html").GetString()!);
        }
    }

    [Theory]
    [InlineData(MailEncryption.None, null)]
    [InlineData(MailEncryption.StartTls, null)]
    [InlineData(MailEncryption.StartTls, "feedwatch")]
    [InlineData(MailEncryption.Tls, "feedwatch")]
    public async Task A_message_arrives_over_each_kind_of_connection(MailEncryption encryption, string? user)
    {
        await using var server = await SmtpServer.StartAsync(encryption, user);
        var settings = server.Settings("desk@paper.example", "Night desk <night@paper.example>");
        if (user is not null) (settings.Mail.User, settings.Mail.Password) = (user, "right-password");

        var sent = Assert.IsType<SendResult.Sent>(await AChannel.Of(settings).PostAsync(AnEvent.Detected()));
        var mail = await server.NextAsync();

        Assert.Equal(["desk@paper.example", "night@paper.example"], mail.GetProperty("recipients").EnumerateArray().Select(r => r.GetString()!));
        Assert.Equal((encryption is not MailEncryption.None, user, "alerts@feedwatch.example"), (mail.GetProperty("encrypted").GetBoolean(), mail.GetProperty("user").GetString(), mail.GetProperty("sender").GetString()));
        Assert.Equal($"{AnEvent.Detected().Id}.crime-desk@feedwatch.example {HeaderOf(mail, "Subject")}", sent.Reference);
        Assert.Null(sent.Note);
    }

    [Fact]
    public async Task Later_news_answers_the_first_message_however_the_title_changed()
    {
        await using var server = await SmtpServer.StartAsync();
        var channel = AChannel.Of(server.Settings());

        var first = Assert.IsType<SendResult.Sent>(await channel.PostAsync(AnEvent.Detected()));
        var second = Assert.IsType<SendResult.Sent>(await channel.PostAsync(AnEvent.Updated(), first.Reference));
        var (one, two) = (await server.NextAsync(), await server.NextAsync());

        Assert.Equal(first.Reference, second.Reference);
        Assert.Equal((HeaderOf(one, "Message-Id"), HeaderOf(one, "Message-Id")), (HeaderOf(two, "In-Reply-To"), HeaderOf(two, "References")));
        Assert.Equal($"Re: {HeaderOf(one, "Subject")}", HeaderOf(two, "Subject"));
        Assert.Contains("800 → 1,000", two.GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_updates_are_to_be_posts_each_is_a_message_of_its_own()
    {
        await using var server = await SmtpServer.StartAsync();
        var settings = server.Settings();
        settings.Updates = UpdateStyle.Post;

        await AChannel.Of(settings).PostAsync(AnEvent.Updated(), "1@x.example first");

        Assert.StartsWith("BREAKING update · ANOM", HeaderOf(await server.NextAsync(), "Subject"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("spam@paper.example", typeof(SendResult.Refused), "localhost says 554: 5.7.1 this looks like spam.")]
    [InlineData("full@paper.example", typeof(SendResult.RetryLater), "localhost says 452: 4.2.2 mailbox full.")]
    [InlineData("grey@paper.example", typeof(SendResult.RetryLater), "localhost says 451: 4.7.1 greylisted, come again.")]
    [InlineData("gone@paper.example", typeof(SendResult.Broken), "localhost says 550: no address is taken: gone@paper.example (550 5.1.1 no such user).")]
    public async Task What_the_server_refuses_for_now_is_tried_again_and_what_it_refuses_for_good_is_not(string to, Type result, string why)
    {
        await using var server = await SmtpServer.StartAsync();

        var refused = await AChannel.Of(server.Settings(to)).PostAsync(AnEvent.Detected());

        Assert.IsType(result, refused);
        Assert.Equal(why, WhyOf(refused));
        Assert.False(refused is SendResult.RetryLater { PerhapsSent: true });
    }

    [Fact]
    public async Task A_sender_that_is_not_allowed_rests_the_channel()
    {
        await using var server = await SmtpServer.StartAsync();
        var settings = server.Settings();
        settings.Mail.From = "stranger@feedwatch.example";

        Assert.Equal("localhost says 553: 5.7.1 that is not your address.", Assert.IsType<SendResult.Broken>(await AChannel.Of(settings).PostAsync(AnEvent.Detected())).Why);
    }

    [Fact]
    public async Task One_address_that_is_gone_keeps_the_message_from_no_other()
    {
        await using var server = await SmtpServer.StartAsync();

        var sent = Assert.IsType<SendResult.Sent>(await AChannel.Of(server.Settings("desk@paper.example", "gone@paper.example")).PostAsync(AnEvent.Detected()));

        Assert.Equal("not to gone@paper.example (550 5.1.1 no such user).", sent.Note);
        Assert.Equal("desk@paper.example", (await server.NextAsync()).GetProperty("recipients")[0].GetString());
    }

    [Fact]
    public async Task One_address_that_is_busy_holds_the_message_back_from_all_so_that_none_gets_it_twice()
    {
        await using var server = await SmtpServer.StartAsync();
        var channel = AChannel.Of(server.Settings("desk@paper.example", "grey@paper.example"));

        Assert.IsType<SendResult.RetryLater>(await channel.PostAsync(AnEvent.Detected()));
        await AChannel.Of(server.Settings("other@paper.example")).PostAsync(AnEvent.Detected());

        Assert.Equal("other@paper.example", (await server.NextAsync()).GetProperty("recipients")[0].GetString());
    }

    [Fact]
    public async Task A_message_whose_answer_got_lost_may_be_repeated_and_says_so()
    {
        await using var server = await SmtpServer.StartAsync();

        var lost = Assert.IsType<SendResult.RetryLater>(await AChannel.Of(server.Settings("cut@paper.example")).PostAsync(AnEvent.Detected()));
        var again = Assert.IsType<SendResult.Sent>(await AChannel.Of(server.Settings()).PostAsync(AnEvent.Detected(), interrupted: true));
        var (one, two) = (await server.NextAsync(), await server.NextAsync());

        Assert.True(lost.PerhapsSent);
        Assert.True(again.PossiblyRepeated);
        Assert.Equal(HeaderOf(one, "Message-Id"), HeaderOf(two, "Message-Id"));
        Assert.Contains("Possibly repeated", two.GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(MailEncryption.StartTls)]
    [InlineData(MailEncryption.Tls)]
    public async Task A_wrong_password_rests_the_channel_with_one_clear_line_that_does_not_say_it(MailEncryption encryption)
    {
        await using var server = await SmtpServer.StartAsync(encryption, "feedwatch");
        var settings = server.Settings();
        (settings.Mail.User, settings.Mail.Password) = ("feedwatch", "wrong-password");

        var why = Assert.IsType<SendResult.Broken>(await AChannel.Of(settings).PostAsync(AnEvent.Detected())).Why;

        Assert.StartsWith("localhost does not log feedwatch in: 535", why, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-password", why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("localhost", false, "localhost cannot be trusted: its certificate is not valid")]
    [InlineData("mail.example", true, "localhost cannot be trusted: its certificate is for another name.")]
    public async Task A_certificate_that_is_not_valid_is_never_taken(string name, bool trusted, string why)
    {
        await using var server = await SmtpServer.StartAsync(MailEncryption.StartTls, "feedwatch", name);
        var settings = server.Settings();
        (settings.Mail.User, settings.Mail.Password) = ("feedwatch", "right-password");
        if (!trusted) settings.Mail.CaFile = null;

        Assert.StartsWith(why, Assert.IsType<SendResult.Broken>(await AChannel.Of(settings).PostAsync(AnEvent.Detected())).Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_cannot_encrypt_is_told_nothing()
    {
        await using var server = await SmtpServer.StartAsync();
        var settings = server.Settings();
        settings.Mail.Encryption = MailEncryption.StartTls;

        Assert.StartsWith("localhost cannot do what the settings ask for: ", Assert.IsType<SendResult.Broken>(await AChannel.Of(settings).PostAsync(AnEvent.Detected())).Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_away_is_tried_again()
    {
        var settings = Settings();
        (settings.Mail.Host, settings.Mail.Port) = ("127.0.0.1", 9); // nobody listens on the port of discard

        var later = Assert.IsType<SendResult.RetryLater>(await AChannel.Of(settings).PostAsync(AnEvent.Detected()));

        Assert.StartsWith("127.0.0.1 cannot be reached: ", later.Why, StringComparison.Ordinal);
        Assert.False(later.PerhapsSent);
    }

    private static ChannelOptions Settings()
    {
        var options = new ChannelOptions { Type = "email", Name = "crime desk" };
        (options.Mail.Host, options.Mail.From) = ("smtp.example.org", "FeedWatch <alerts@feedwatch.example>");
        options.Mail.To.Add("Crime desk <desk@paper.example>");
        return options;
    }

    private static string Raw(FeedWatchEvent @event, string? earlier = null, bool interrupted = false) =>
        AChannel.Of(Settings(), new SettableClock(AnEvent.Time)).Preview(new Delivery { Event = @event, Earlier = earlier, Interrupted = interrupted }).Single();

    /// <summary>As it goes over the wire, with line ends as files have them.</summary>
    private static string Shown(FeedWatchEvent @event, string? earlier = null, bool interrupted = false) => Raw(@event, earlier, interrupted).Replace("\r\n", "\n", StringComparison.Ordinal) + "\n";

    private static MimeMessage Message(FeedWatchEvent @event, bool interrupted = false) => Read([Raw(@event, interrupted: interrupted)]);

    private static MimeMessage Read(IReadOnlyList<string> preview)
    {
        using var text = new MemoryStream(System.Text.Encoding.ASCII.GetBytes(preview.Single()));
        return MimeMessage.Load(text, TestContext.Current.CancellationToken);
    }

    private static string HeaderOf(JsonElement mail, string name) => mail.GetProperty("headers").EnumerateArray().Single(h => h[0].GetString()!.Equals(name, StringComparison.OrdinalIgnoreCase))[1].GetString()!;

    private static string WhyOf(SendResult result) => result switch
    {
        SendResult.RetryLater later => later.Why,
        SendResult.Refused refused => refused.Why,
        SendResult.Broken broken => broken.Why,
        _ => "",
    };

    private static void AssertSafe(string raw, string[] headers)
    {
        Assert.DoesNotMatch("[^\r]\n|\r[^\n]|[^\r\n -~\t]", raw);
        Assert.All(raw.Split("\r\n"), line => Assert.True(line.Length <= 998, line));
        var names = raw[..raw.IndexOf("\r\n\r\n", StringComparison.Ordinal)].Split("\r\n").Where(l => l[0] is not (' ' or '\t')).Select(l => l.Split(':')[0]);
        Assert.Equal(headers.Order(StringComparer.OrdinalIgnoreCase), names.Order(StringComparer.OrdinalIgnoreCase), StringComparer.OrdinalIgnoreCase);
        var message = Read([raw]);
        Assert.DoesNotMatch(@"[\p{Cc}\p{Cf}-[\u200C\u200D]]", message.Subject);
        Assert.Equal(["text/plain", "text/html"], ((Multipart)message.Body!).Select(p => p.ContentType.MimeType));
        AssertHarmless(message.HtmlBody!);
        var links = Link().Matches(message.HtmlBody!).Select(m => System.Net.WebUtility.HtmlDecode(m.Groups["address"].Value));
        AssertNobodyElse(links.Aggregate(message.TextBody!, (text, address) => text.Replace(address, "", StringComparison.Ordinal)));
    }

    /// <summary>No address of a person, and none of a place behind another's name, which a mail program would make a link of.</summary>
    private static void AssertNobodyElse(string text) => Assert.DoesNotMatch(@"@[\p{L}\d\[]", text);

    /// <summary>Nothing but our own tags, whose style asks for nothing from anywhere, and honest links.</summary>
    private static void AssertHarmless(string html)
    {
        var body = Frame().Match(html);
        Assert.True(body.Success, html);
        HtmlReader.Read(body.Groups["title"].Value);
        var (text, links) = HtmlReader.Read(Block().Replace(body.Groups["body"].Value, "\n"));
        MarkdownReader.AssertHonest(links);
        AssertNobodyElse(text);
    }

    [GeneratedRegex("<a href=\"(?<address>[^\"]*)\">")]
    private static partial Regex Link();

    [GeneratedRegex("^<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>(?<title>.*)</title></head>\n<body style=\"font-family:sans-serif;line-height:1.45;max-width:44em\">\n(?<body>.*)\n</body>\n</html>\n$", RegexOptions.Singleline)]
    private static partial Regex Frame();

    [GeneratedRegex("<(p|h2|blockquote) style=\"[a-z0-9:;.# -]*\">|</(p|h2|blockquote)>", RegexOptions.ExplicitCapture)]
    private static partial Regex Block();
}
