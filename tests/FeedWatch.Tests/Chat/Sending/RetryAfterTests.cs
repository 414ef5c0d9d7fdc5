using FeedWatch.Chat.Channels;
using FeedWatch.Chat.Sending;

namespace FeedWatch.Tests.Chat.Sending;

public sealed class RetryAfterTests
{
    [Theory]
    [InlineData("30", "", 30d)]
    [InlineData("0.5", "", 0.5)]
    [InlineData("Tue, 08 Jun 2021 09:42:07 GMT", "", 60d)]
    [InlineData("Tue, 08 Jun 2021 09:00:00 GMT", "", null)]
    [InlineData(null, """{"message":"You are being rate limited.","retry_after":64.57,"global":false}""", 64.57)]
    [InlineData(null, """{"ok":false,"error_code":429,"parameters":{"retry_after":43837}}""", 43_837d)]
    [InlineData(null, """{"errcode":"M_LIMIT_EXCEEDED","retry_after_ms":2000}""", 2d)]
    [InlineData("5", """{"retry_after":7}""", 7d)]
    [InlineData("soon", """{"retry_after":"soon"}""", null)]
    [InlineData("-5", "", null)]
    [InlineData("1e308", "<html>", null)]
    [InlineData("99999999999999999999999", "[1,", null)]
    [InlineData(null, "", null)]
    public void It_is_read_wherever_chats_put_it(string? header, string body, double? seconds)
    {
        var headers = header is null ? [] : new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["retry-after"] = header };
        var answer = new ChatAnswer(429, body) { Headers = headers, At = AnEvent.Time };

        Assert.Equal(seconds, RetryAfter.Of(answer)?.TotalSeconds);
    }

    [Theory]
    [InlineData(400, typeof(SendResult.Refused), false)]
    [InlineData(413, typeof(SendResult.Refused), false)]
    [InlineData(401, typeof(SendResult.Broken), false)]
    [InlineData(403, typeof(SendResult.Broken), false)]
    [InlineData(404, typeof(SendResult.Broken), false)]
    [InlineData(410, typeof(SendResult.Broken), false)]
    [InlineData(301, typeof(SendResult.Broken), false)]
    [InlineData(429, typeof(SendResult.RetryLater), false)]
    [InlineData(408, typeof(SendResult.RetryLater), false)]
    [InlineData(503, typeof(SendResult.RetryLater), false)]
    [InlineData(500, typeof(SendResult.RetryLater), true)]
    [InlineData(502, typeof(SendResult.RetryLater), true)]
    public void A_status_says_what_to_do(int status, Type result, bool perhapsSent)
    {
        var read = new ChatAnswer(status, "because").NotAccepted();

        Assert.IsType(result, read);
        Assert.Equal(perhapsSent, read is SendResult.RetryLater { PerhapsSent: true });
    }

    [Fact]
    public void What_a_chat_says_is_told_in_one_short_harmless_line() =>
        Assert.Equal($"HTTP 500: <html> red {new string('x', 188)}….", new ChatAnswer(500, $"<html>\r\n\e[31mred {new string('x', 5_000)}").Why());
}
