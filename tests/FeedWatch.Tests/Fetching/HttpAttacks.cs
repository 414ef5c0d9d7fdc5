using System.IO.Compression;
using System.Text;
using FeedWatch.Tests.Testing;

namespace FeedWatch.Tests.Fetching;

/// <summary>What a hostile or broken server may answer. Each row: what it says, and how asking must end.</summary>
/// <param name="Kind">The name of the <c>FetchResult</c>.</param>
/// <param name="Says">Part of the reason, where one is given.</param>
internal sealed record HttpAttack(string Name, Func<RawConnection, Task> Answer, string Kind, string Says = "")
{
    /// <summary>The limit that the tests set for a body.</summary>
    public const int MaxBytes = 100_000;

    private const string Ok = "HTTP/1.1 200 OK\r\n";
    private const string Close = "Connection: close\r\n";
    private const string Body = "\r\n<rss/>";

    private static readonly string Padding = new('a', 1_000_000);

    public static IReadOnlyList<HttpAttack> All { get; } =
    [
        // Heads
        new("one header of a megabyte", Say($"{Ok}X: {Padding}\r\n{Body}"), "Failed", "no usable answer"),
        new("ten thousand headers", Say($"{Ok}{Many("X-{0}: 1\r\n", 10_000)}{Body}"), "Failed", "no usable answer"),
        new("headers without end", async c => { await c.SayAsync(Ok); await c.SayForeverAsync("X-Feed: news\r\n"); }, "Failed", "no usable answer"),
        new("a status line without end", async c => { await c.SayAsync("HTTP/1.1 200 "); await c.SayForeverAsync("OK "); }, "Failed", "no usable answer"),
        new("a header without a colon", Say($"{Ok}nonsense\r\n{Body}"), "Failed", "no usable answer"),
        new("a header name with a space", Say($"{Ok}Content Length: 6\r\n{Close}{Body}"), "Failed", "no usable answer"),
        new("a NUL in a header", Say($"{Ok}X: a\0b\r\n{Close}{Body}"), "Fetched"),
        new("a folded header", Say($"{Ok}X: a\r\n b\r\n{Close}{Body}"), "Fetched"),
        new("a reason of many words", Say($"HTTP/1.1 404 {Padding[..30_000]}\r\nContent-Length: 0\r\n\r\n"), "Failed", "it answered 404"),
        new("no HTTP at all (HTTP/0.9)", Say("<rss version='2.0'></rss>\n"), "Failed", "no usable answer"),
        new("HTTP of the future", Say("HTTP/3.7 200 OK\r\n\r\n<rss/>"), "Failed", "no usable answer"),
        new("a radio station", Say("ICY 200 OK\r\nicy-name: news\r\n\r\n"), "Failed", "no usable answer"),
        new("an SSH server", Say("SSH-2.0-OpenSSH_9.6\r\n"), "Failed", "no usable answer"),
        new("status 000", Say($"HTTP/1.1 000 Nothing\r\n{Close}{Body}"), "Failed"),
        new("status 999", Say($"HTTP/1.1 999 Denied\r\n{Close}{Body}"), "Failed", "it answered 999 Denied"),
        new("a status of two digits", Say("HTTP/1.1 20 OK\r\n\r\n<rss/>"), "Failed", "no usable answer"),
        new("a status of five digits", Say("HTTP/1.1 20000 OK\r\n\r\n<rss/>"), "Failed", "no usable answer"),
        new("a negative status", Say("HTTP/1.1 -20 OK\r\n\r\n<rss/>"), "Failed", "no usable answer"),
        new("101: another protocol", Say("HTTP/1.1 101 Switching Protocols\r\nUpgrade: evil\r\nConnection: Upgrade\r\n\r\n"), "Failed", "101"),
        new("103 before the answer", Say($"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n{Ok}{Close}{Body}"), "Fetched"),
        new("a flood of 100", c => c.SayForeverAsync("HTTP/1.1 100 Continue\r\n\r\n"), "Failed", "no usable answer"),
        new("a flood of 103 with headers", c => c.SayForeverAsync("HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\n"), "Failed", "no usable answer"),

        // Lengths
        new("a body shorter than promised", Say($"{Ok}Content-Length: 600\r\n{Close}{Body}"), "Failed", "the connection broke"),
        new("a body longer than promised", Say($"{Ok}Content-Length: 3\r\n{Close}{Body}"), "Fetched"),
        new("two lengths that differ", Say($"{Ok}Content-Length: 6\r\nContent-Length: 60\r\n{Close}{Body}"), "Fetched"),
        new("a negative length", Say($"{Ok}Content-Length: -6\r\n{Close}{Body}"), "Fetched"),
        new("a length beyond all numbers", Say($"{Ok}Content-Length: 99999999999999999999999\r\n{Close}{Body}"), "Fetched"),
        new("a length in words", Say($"{Ok}Content-Length: six\r\n{Close}{Body}"), "Fetched"),
        new("a terabyte promised", Say($"{Ok}Content-Length: 1099511627776\r\n{Body}"), "Failed", "larger than 100,000 bytes"),
        new("length and chunks", Say($"{Ok}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n{Close}\r\n6\r\n<rss/>\r\n0\r\n\r\n"), "Fetched"),
        new("a body without end", async c => { await c.SayAsync($"{Ok}{Close}\r\n<rss>"); await c.SayForeverAsync("<item/>"); }, "Failed", "larger than 100,000 bytes"),

        // Chunks
        new("a chunk size in words", Chunks("zz\r\n<rss/>\r\n0\r\n\r\n"), "Failed", "broke"),
        new("a chunk size beyond all numbers", Chunks("FFFFFFFFFFFFFFFFFF\r\n<rss/>\r\n0\r\n\r\n"), "Failed", "broke"),
        new("a negative chunk size", Chunks("-6\r\n<rss/>\r\n0\r\n\r\n"), "Failed", "broke"),
        new("a chunk longer than its size", Chunks("2\r\n<rss/>\r\n0\r\n\r\n"), "Failed", "broke"),
        new("no last chunk", Chunks("6\r\n<rss/>\r\n"), "Failed", "broke"),
        new("a chunk extension without end", async c => { await c.SayAsync($"{Ok}Transfer-Encoding: chunked\r\n\r\n6;"); await c.SayForeverAsync("a=b;"); }, "Failed", "no usable answer"),
        new("chunks of one byte without end", async c => { await c.SayAsync($"{Ok}Transfer-Encoding: chunked\r\n\r\n"); await c.SayForeverAsync("1\r\na\r\n"); }, "Failed", "larger than 100,000 bytes"),
        new("trailers without end", async c => { await c.SayAsync($"{Ok}Transfer-Encoding: chunked\r\n\r\n0\r\n"); await c.SayForeverAsync("X: trailer\r\n"); }, "Failed"),
        new("chunked twice", Say($"{Ok}Transfer-Encoding: chunked, chunked\r\n{Close}\r\n6\r\n<rss/>\r\n0\r\n\r\n"), "Fetched"),

        // Slowness
        new("silence", c => c.StallAsync(), "Failed", "did not answer in full within 20 s"),
        new("a head that stops half way", Stall($"{Ok}Content-Ty"), "Failed", "did not answer in full"),
        new("a body that stops half way", Stall($"{Ok}Content-Length: 600\r\n{Body}"), "Failed", "did not answer in full"),
        new("a chunk that stops half way", Stall($"{Ok}Transfer-Encoding: chunked\r\n\r\n60\r\n<rss"), "Failed", "did not answer in full"),
        new("byte by byte", async c => { foreach (var b in $"{Ok}Content-Length: 600\r\n{Body}") await c.SayAsync($"{b}"); await c.StallAsync(); }, "Failed", "did not answer in full"),
        new("a gzip body that stops half way", async c => { await c.SayAsync($"{Ok}Content-Encoding: gzip\r\n\r\n"); await c.SayAsync(Gzip(MaxBytes)[..20]); await c.StallAsync(); }, "Failed", "did not answer in full"),

        // Encodings
        new("a gzip bomb", Encoded("gzip", Gzip(20_000_000)), "Failed", "larger than 100,000 bytes"),
        new("a brotli bomb", Encoded("br", Brotli(20_000_000)), "Failed", "larger than 100,000 bytes"),
        new("a deflate bomb", Encoded("deflate", Deflate(20_000_000)), "Failed", "larger than 100,000 bytes"),
        new("gzip that is none", Encoded("gzip", "<rss/>"u8.ToArray()), "Failed", "the connection broke"),
        new("brotli that is none", Encoded("br", [0xFF, .. "<rss/> and more of it"u8]), "Failed", "the connection broke"),
        new("gzip cut short", Encoded("gzip", Gzip(50_000)[..30]), "Fetched"), // nothing says so; the parser will
        new("gzip with another one behind it", Encoded("gzip", [.. Gzip(60_000), .. Gzip(60_000)]), "Failed", "larger than 100,000 bytes"),
        new("gzip twice", Encoded("gzip, gzip", Gzip(1_000)), "Failed", "encoded in a way that was not asked for"),
        new("gzip in brotli", Encoded("gzip, br", Brotli(1_000)), "Failed", "encoded in a way that was not asked for"),
        new("an unknown encoding", Encoded("x-evil", "<rss/>"u8.ToArray()), "Failed", "encoded in a way that was not asked for (x-evil)"),
        new("identity", Encoded("identity", "<rss/>"u8.ToArray()), "Fetched"),

        // Statuses
        new("304 to an unconditional request", Say("HTTP/1.1 304 Not Modified\r\nETag: \"a\"\r\n\r\n"), "Failed", "it answered 304"),
        new("a body after 204", Say($"HTTP/1.1 204 No Content\r\n{Body}"), "Failed", "it answered 204"),
        new("a part of it", Say($"HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 0-5/600\r\nContent-Length: 6\r\n{Body}"), "Failed", "it answered 206"),
        new("an empty answer", Say($"{Ok}Content-Length: 0\r\n\r\n"), "Fetched"),
        new("goodbye at once", _ => Task.CompletedTask, "Failed"),
        new("a reset in the body", async c => { await c.SayAsync($"{Ok}Content-Length: 600\r\n{Body}"); c.Reset(); }, "Failed"),
        new("410 with a redirect", Say("HTTP/1.1 410 Gone\r\nLocation: /\r\nContent-Length: 0\r\n\r\n"), "Gone"),

        // Header values
        new("a cookie", Say($"{Ok}Set-Cookie: id=1\r\n{Close}{Body}"), "Fetched"),
        new("an ETag of 50 KB", Say($"{Ok}ETag: \"{Padding[..50_000]}\"\r\n{Close}{Body}"), "Fetched"),
        new("a Last-Modified in words", Say($"{Ok}Last-Modified: yesterday\r\n{Close}{Body}"), "Fetched"),
        new("no content type", Say($"{Ok}{Close}{Body}"), "Fetched"),
        new("a picture, it says", Say($"{Ok}Content-Type: image/png\r\n{Close}{Body}"), "Fetched"),
        new("a content type of 50 KB", Say($"{Ok}Content-Type: {Padding[..50_000]}\r\n{Close}{Body}"), "Fetched"),
        new("a max-age beyond all numbers", Say($"{Ok}Cache-Control: max-age=99999999999999999999\r\n{Close}{Body}"), "Fetched"),
        new("an Age beyond all numbers", Say($"{Ok}Cache-Control: max-age=60\r\nAge: 99999999999999999999\r\n{Close}{Body}"), "Fetched"),
        new("an Expires of the last day", Say($"{Ok}Date: Mon, 01 Jan 0001 00:00:00 GMT\r\nExpires: Fri, 31 Dec 9999 23:59:59 GMT\r\n{Close}{Body}"), "Fetched"),
        new("throttled by words", Throttle("whenever"), "Throttled"),
        new("throttled by a negative number", Throttle("-60"), "Throttled"),
        new("throttled by a fraction", Throttle("1.5"), "Throttled"),
        new("throttled for ever", Throttle("99999999999999999999"), "Throttled"),
        new("throttled until the past", Throttle("Thu, 01 Jan 1970 00:00:00 GMT"), "Throttled"),
        new("throttled until the last day", Throttle("Fri, 31 Dec 9999 23:59:59 GMT"), "Throttled"),
        new("throttled twice", Say("HTTP/1.1 503 Busy\r\nRetry-After: 1\r\nRetry-After: 2\r\nContent-Length: 0\r\n\r\n"), "Throttled"),

        // Redirects
        new("round and round", Redirect("/"), "Failed", "more than 5 times"),
        new("to and fro", c => c.SayAsync($"HTTP/1.1 301 Moved\r\nLocation: {(c.Path == "/a" ? "/b" : "/a")}\r\nContent-Length: 0\r\n\r\n"), "Failed", "more than 5 times"),
        new("ever longer", c => c.SayAsync($"HTTP/1.1 302 Found\r\nLocation: {c.Path}aaaaaaaa\r\nContent-Length: 0\r\n\r\n"), "Failed", "more than 5 times"),
        new("nowhere", Say("HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n"), "Failed", "without saying where to"),
        new("to nothing", Redirect(""), "Failed", "without saying where to"),
        new("to half an address", Redirect("http://"), "Failed", "which is no address"),
        new("to an open bracket", Redirect("http://[::1"), "Failed", "which is no address"),
        new("to port 99999", Redirect("http://a.example:99999/"), "Failed", "which is no address"),
        new("to an address of 20 KB", Redirect($"/{Padding[..20_000]}"), "Failed", "longer than 8000 characters"),
        new("to a file", Redirect("file:///etc/passwd"), "Failed", "no web address (file:)"),
        new("to a script", Redirect("javascript:alert(1)"), "Failed", "no web address (javascript:)"),
        new("to data", Redirect("data:text/xml,<rss/>"), "Failed", "no web address (data:)"),
        new("to a login", Redirect("http://me:secret@a.example/"), "Failed", "user name or password"),
        new("with a new line in it", Redirect("/a\r\nX: b"), "Failed", "more than 5 times"),
        new("with an encoded new line", Redirect("/a%0d%0aX:%20b"), "Failed", "more than 5 times"),
        new("to the proxy (305)", Say("HTTP/1.1 305 Use Proxy\r\nLocation: http://a.example/\r\nContent-Length: 0\r\n\r\n"), "Failed", "it answered 305"),
        new("to many choices (300)", Say("HTTP/1.1 300 Multiple Choices\r\nLocation: /a\r\nContent-Length: 0\r\n\r\n"), "Failed", "it answered 300"),
        new("with a body without end", async c => { await c.SayAsync($"HTTP/1.1 302 Found\r\nLocation: /\r\n{Close}\r\n"); await c.SayForeverAsync("moved "); }, "Failed", "more than 5 times"),
    ];

    public override string ToString() => Name;

    private static Func<RawConnection, Task> Say(string response) => c => c.SayAsync(response);

    private static Func<RawConnection, Task> Chunks(string body) => Say($"{Ok}Transfer-Encoding: chunked\r\n{Close}\r\n{body}");

    private static Func<RawConnection, Task> Throttle(string retryAfter) => Say($"HTTP/1.1 429 Too Many Requests\r\nRetry-After: {retryAfter}\r\nContent-Length: 0\r\n\r\n");

    private static Func<RawConnection, Task> Redirect(string location) => Say($"HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n");

    private static Func<RawConnection, Task> Stall(string beginning) => async c =>
    {
        await c.SayAsync(beginning);
        await c.StallAsync();
    };

    private static Func<RawConnection, Task> Encoded(string encoding, byte[] body) => async c =>
    {
        await c.SayAsync($"{Ok}Content-Encoding: {encoding}\r\n{Close}\r\n");
        await c.SayAsync(body);
    };

    private static string Many(string format, int count) => string.Concat(Enumerable.Range(0, count).Select(i => string.Format(System.Globalization.CultureInfo.InvariantCulture, format, i)));

    private static byte[] Gzip(int size) => Compressed(size, s => new GZipStream(s, CompressionLevel.Optimal));

    private static byte[] Brotli(int size) => Compressed(size, s => new BrotliStream(s, CompressionLevel.Fastest));

    private static byte[] Deflate(int size) => Compressed(size, s => new ZLibStream(s, CompressionLevel.Optimal));

    private static byte[] Compressed(int size, Func<Stream, Stream> compress)
    {
        using var packed = new MemoryStream();
        using (var stream = compress(packed)) stream.Write(Encoding.ASCII.GetBytes(new string('a', size)));
        return packed.ToArray();
    }
}
