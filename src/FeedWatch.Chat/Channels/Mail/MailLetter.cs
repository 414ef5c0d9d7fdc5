using System.Text;
using FeedWatch.Chat.Posts;
using FeedWatch.Chat.Wording;
using FeedWatch.Contracts;
using MimeKit;
using MimeKit.Text;

namespace FeedWatch.Chat.Channels.Mail;

/// <summary>
/// An event as a message (RFC 5322): text and HTML of the same words. Its Message-ID is made of the event's id, so that a repeat is the same
/// message to a mail program; later news of an incident answers the first message and bears its subject, since some programs (Gmail)
/// thread by both.
/// </summary>
internal sealed class MailLetter(string channel, MailOptions options)
{
    private const int MostText = 60_000;
    private const int MostSubject = 200;

    /// <summary>As it goes over the wire.</summary>
    public static readonly FormatOptions Format = Wire();

    /// <summary>
    /// Mail programs make links of addresses in any text. They lead where they say, but for <c>https://europol.europa.eu@evil.example</c>; and
    /// of the signs that take a text apart no more is put in than that needs, since filters take them for the mark of spam.
    /// </summary>
    private const string FoundInMail = "@";

    private static readonly Dialect Text = new()
    {
        Escape = character => character, // a mail program reads no markup in it
        Broken = FoundInMail,
        Strong = text => text,
        Link = (_, address) => address,
        Line = (kind, text) => kind switch
        {
            LineKind.Title => $"{text}\n",
            LineKind.Label => $"\n{text}",
            LineKind.Item => $"- {text}",
            LineKind.Quote => $"> {text}",
            _ => text.StartsWith('>') ? " " + text : text, // else programs take it for a quotation
        },
    };

    private static readonly Dialect Hyper = Html.Dialect(broken: FoundInMail) with
    {
        Line = (kind, text) => kind switch
        {
            LineKind.Head => $"<p style=\"margin:0;color:#667085\">{text}</p>",
            LineKind.Title => $"<h2 style=\"margin:0 0 .6em\">{text}</h2>",
            LineKind.Label => $"<p style=\"margin:.8em 0 0\">{text}</p>",
            LineKind.Item => $"<p style=\"margin:0 0 0 1em\">• {text}</p>",
            LineKind.Quote => $"<blockquote style=\"margin:.3em 0 .3em 1em\">{text}</blockquote>",
            LineKind.Small => $"<p style=\"margin:.6em 0 0;font-size:smaller;color:#667085\">{text}</p>",
            _ => $"<p style=\"margin:.4em 0 0\">{text}</p>",
        },
    };

    private readonly MailboxAddress from = MailFaults.Mailbox(options.From)!;

    /// <summary>What later news of the incident refers to: the first message's id and subject.</summary>
    public static string ReferenceTo(MimeMessage first) => $"{first.MessageId} {first.Subject}";

    /// <param name="delivery">Where it has an earlier message, this one answers it.</param>
    /// <param name="now">The message's date.</param>
    public MimeMessage Of(Delivery delivery, DateTimeOffset now)
    {
        var post = delivery.Post(delivery.Interrupted);
        var message = new MimeMessage { MessageId = $"{delivery.Event.Id}.{RoutingKey.Slug(channel)}@{from.Domain}", Date = now.ToUniversalTime(), Subject = SubjectOf(post) };
        message.From.Add(from);
        foreach (var to in options.To) message.To.Add(MailFaults.Mailbox(to)!);
        if (delivery.Earlier?.Split(' ', 2) is [var first, var subject])
        {
            message.InReplyTo = first;
            message.References.Add(first);
            message.Subject = $"Re: {subject}";
        }

        if (message.Subject.Contains("=?", StringComparison.Ordinal)) message.Headers.Replace(Encoded(message.Subject));

        message.Headers.Add(HeaderId.ListId, $"<{RoutingKey.Slug(channel)}.feedwatch.{from.Domain}>");
        message.Headers.Add("Auto-Submitted", "auto-generated"); // RFC 3834: nobody's holiday answers it
        var lines = PostLines.Of(post);
        message.Body = new Multipart("alternative", Part(TextFormat.Plain, Text.Write(lines, MostText) + "\n"), Part(TextFormat.Html, Page(post, lines)))
        {
            Boundary = $"=_feedwatch_{delivery.Event.Id:N}", // "=_" stands in no quoted-printable text (RFC 2045, 6.7)
        };
        message.Body.Headers.Add(HeaderId.ContentLanguage, post.Words.Code);
        return message;
    }

    /// <summary>One line, whatever the feed says: <see cref="PlainText"/> leaves no line end, and nothing that turns the direction of reading.</summary>
    private static string SubjectOf(Post post) => PlainText.Of($"{PostLines.HeadOf(post)}: {post.Title}", MostSubject);

    /// <summary>What looks encoded already (RFC 2047) would be read as what it decodes to, so that all of it is encoded.</summary>
    private static Header Encoded(string subject)
    {
        const int MostOfWord = 10; // characters of at most 4 bytes: a word has at most 75 signs
        var words = subject.EnumerateRunes().Chunk(MostOfWord).Select(word => $"=?utf-8?b?{Convert.ToBase64String(Encoding.UTF8.GetBytes(string.Concat(word)))}?=");
        var header = new Header(HeaderId.Subject, "");
        header.SetRawValue(Encoding.ASCII.GetBytes($" {string.Join("\r\n ", words)}\r\n"));
        return header;
    }

    private static string Page(Post post, IReadOnlyList<Line> lines) =>
        $"""
        <!DOCTYPE html>
        <html lang="{post.Words.Code}">
        <head><meta charset="utf-8"><title>{Hyper.Plain(SubjectOf(post))}</title></head>
        <body style="font-family:sans-serif;line-height:1.45;max-width:44em">
        {Hyper.Write(lines, 2 * MostText)}
        </body>
        </html>

        """.ReplaceLineEndings("\n");

    private static TextPart Part(TextFormat format, string text)
    {
        var part = new TextPart(format) { ContentTransferEncoding = ContentEncoding.QuotedPrintable };
        part.SetText(Encoding.UTF8, text);
        return part;
    }

    private static FormatOptions Wire()
    {
        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        return format;
    }
}
