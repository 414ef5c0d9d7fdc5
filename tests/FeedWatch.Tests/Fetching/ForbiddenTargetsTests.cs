using System.Net;
using System.Net.Sockets;
using FeedWatch.Fetching;
using FeedWatch.Fetching.Guarding;
using FeedWatch.Sources;
using FeedWatch.Sources.Lists;
using FeedWatch.Tests.Testing;
using Microsoft.Extensions.Options;

namespace FeedWatch.Tests.Fetching;

/// <summary>Server-side request forgery: what an address in a list, a redirect or a lying DNS must not reach.</summary>
public sealed class ForbiddenTargetsTests
{
    /// <summary>{p} is the port of a server on 127.0.0.1 that must not be asked.</summary>
    public static TheoryData<string, string> Targets { get; } = new()
    {
        { "loopback", "http://127.0.0.1:{p}/" },
        { "loopback elsewhere in its network", "http://127.8.9.1:{p}/" },
        { "this host", "http://0.0.0.0:{p}/" },
        { "this network", "http://0.1.2.3/" },
        { "private, class A", "http://10.0.0.1/" },
        { "private, class B, first", "http://172.16.0.1/" },
        { "private, class B, last", "http://172.31.255.254/" },
        { "private, class C", "http://192.168.1.1/" },
        { "carrier-grade NAT", "http://100.64.0.1/" },
        { "link-local", "http://169.254.1.1/" },
        { "multicast", "http://224.0.0.251/" },
        { "broadcast", "http://255.255.255.255/" },
        { "reserved", "http://240.0.0.1/" },
        { "benchmarks", "http://198.19.0.1/" },
        { "documentation", "http://203.0.113.7/" },
        { "protocol assignments", "http://192.0.0.8/" },
        { "metadata, AWS, GCP, Azure", "http://169.254.169.254/latest/meta-data/" },
        { "metadata, AWS containers", "http://169.254.170.2/v2/credentials" },
        { "metadata, Alibaba", "http://100.100.100.200/latest/meta-data/" },
        { "metadata, Oracle", "http://192.0.0.192/opc/v1/" },
        { "metadata, Azure's own host", "http://168.63.129.16/machine" },
        { "metadata, AWS over IPv6", "http://[fd00:ec2::254]/latest/" },
        { "metadata by name", "http://metadata.google.internal/computeMetadata/v1/" },
        { "IPv6 loopback", "http://[::1]:{p}/" },
        { "IPv6 loopback, written out", "http://[0:0:0:0:0:0:0:1]:{p}/" },
        { "IPv6 unspecified", "http://[::]:{p}/" },
        { "IPv6 link-local", "http://[fe80::1]/" },
        { "IPv6 link-local with a zone", "http://[fe80::1%25lo]/" },
        { "IPv6 unique local", "http://[fd12:3456::1]/" },
        { "IPv6 site-local", "http://[fec0::1]/" },
        { "IPv6 multicast", "http://[ff02::1]/" },
        { "IPv6 documentation", "http://[2001:db8::1]/" },
        { "IPv6 discard", "http://[100::1]/" },
        { "IPv4-mapped loopback", "http://[::ffff:127.0.0.1]:{p}/" },
        { "IPv4-mapped loopback in hex", "http://[::ffff:7f00:1]:{p}/" },
        { "IPv4-mapped metadata", "http://[::ffff:169.254.169.254]/" },
        { "IPv4-compatible loopback", "http://[::127.0.0.1]:{p}/" },
        { "NAT64 of loopback", "http://[64:ff9b::7f00:1]:{p}/" },
        { "NAT64 of metadata", "http://[64:ff9b::a9fe:a9fe]/" },
        { "local NAT64", "http://[64:ff9b:1:7f00:0:100::]/" },
        { "6to4 of loopback", "http://[2002:7f00:1::1]:{p}/" },
        { "6to4 of a private network", "http://[2002:c0a8:101::1]/" },
        { "Teredo of a private network", "http://[2001:0:1:2:3:4:3f57:fefe]/" },
        { "decimal host", "http://2130706433:{p}/" },
        { "decimal metadata", "http://2852039166/" },
        { "hex host", "http://0x7f000001:{p}/" },
        { "hex parts", "http://0x7f.0x0.0x0.0x1:{p}/" },
        { "octal host", "http://017700000001:{p}/" },
        { "octal parts", "http://0177.0.0.01:{p}/" },
        { "mixed bases", "http://0x7f.0.1:{p}/" },
        { "two parts", "http://127.1:{p}/" },
        { "a zero", "http://0:{p}/" },
        { "overflowing decimal", "http://4294967296:{p}/" },
        { "trailing dot on an address", "http://127.0.0.1.:{p}/" },
        { "localhost", "http://localhost:{p}/" },
        { "localhost in capitals", "http://LOCALHOST:{p}/" },
        { "localhost with a trailing dot", "http://localhost.:{p}/" },
        { "below localhost", "http://feeds.localhost:{p}/" },
        { "localhost.localdomain", "http://localhost.localdomain:{p}/" },
        { "multicast DNS", "http://printer.local/" },
        { "internal", "http://db.internal:{p}/" },
        { "router's own domain", "http://nas.lan/" },
        { "home network", "http://nas.home.arpa/" },
        { "a name without a dot", "http://intranet/" },
        { "a private name that claims a public address", "http://liar.local/" },
        { "full-width digits", "http://１２７.０.０.１:{p}/" },
        { "circled digits", "http://①②⑦.⓪.⓪.①:{p}/" },
        { "ideographic full stops", "http://127。0。0。1:{p}/" },
        { "full-width localhost", "http://ｌｏｃａｌｈｏｓｔ:{p}/" },
        { "percent-encoded host", "http://%31%32%37.0.0.1:{p}/" },
        { "a soft hyphen in localhost", "http://local\u00adhost:{p}/" },
        { "a name that leads to loopback", "http://127.0.0.1.wild.example:{p}/" },
        { "a name that leads to a private network", "http://private.example/" },
        { "a name that leads to mapped loopback", "http://mapped.example:{p}/" },
        { "an answer with public and private addresses", "http://mixed.example:{p}/" },
        { "an answer with private and public addresses", "http://mixed-2.example:{p}/" },
        { "user name before the host", "http://news.example@127.0.0.1:{p}/" },
        { "password in the address", "http://a:b@127.0.0.1:{p}/" },
        { "backslash for a slash", "http://127.0.0.1:{p}\\@news.example/" },
        { "SSH", "http://news.example:22/" },
        { "mail", "http://news.example:25/" },
        { "Redis", "http://news.example:6379/" },
        { "a file", "file:///etc/passwd" },
        { "a file on a host", "file://localhost/etc/passwd" },
        { "gopher", "gopher://127.0.0.1:{p}/_INFO" },
        { "FTP", "ftp://127.0.0.1:{p}/" },
        { "dict", "dict://127.0.0.1:{p}/stat" },
        { "data", "data:text/xml,<rss/>" },
        { "javascript", "javascript:alert(1)" },
    };

    private static readonly Dictionary<string, string[]> Dns = new(StringComparer.OrdinalIgnoreCase)
    {
        ["private.example"] = ["10.1.2.3"],
        ["mapped.example"] = ["::ffff:127.0.0.1"],
        ["mixed.example"] = ["8.8.8.8", "127.0.0.1"],
        ["mixed-2.example"] = ["127.0.0.1", "8.8.8.8"],
        ["liar.local"] = ["8.8.8.8"],
        ["news.example"] = ["8.8.8.8"],
    };

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Is_not_reached_from_a_list(string attack, string target)
    {
        await using var house = RawServer.Saying("HTTP/1.1 200 OK\r\n\r\n<rss/>");
        var url = target.Replace("{p}", $"{house.Port}", StringComparison.Ordinal);
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address))
        {
            Assert.Null(FeedList.Address(url, out _));
            return;
        }

        var result = await FetchAsync(address);

        AssertRefused(attack, result);
        Assert.Equal(0, house.Connections);
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Is_not_reached_by_a_redirect(string attack, string target)
    {
        await using var house = RawServer.Saying("HTTP/1.1 200 OK\r\n\r\n<rss/>");
        var location = target.Replace("{p}", $"{house.Port}", StringComparison.Ordinal);
        await using var publisher = RawServer.Start(c => c.SayAsync([.. "HTTP/1.1 302 Found\r\nLocation: "u8, .. System.Text.Encoding.UTF8.GetBytes(location), .. "\r\nContent-Length: 0\r\n\r\n"u8]));

        var result = await FetchAsync(publisher.Address, publisher.Endpoint);

        AssertRefused(attack, result);
        Assert.Equal((1, 0), (publisher.Connections, house.Connections));
    }

    [Fact]
    public async Task A_name_that_changes_between_two_connections_is_checked_at_each_and_asked_once_for_each()
    {
        var asked = 0;
        await using var outside = RawServer.Saying("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n<rss/>", IPAddress.Parse("127.0.0.2"));
        var options = new FetchOptions { AllowedNetworks = { "127.0.0.2/32" } };
        using var http = GuardedHttp.Client(new AddressGuard(Options.Create(options)), resolve: (_, _) => Task.FromResult(new[] { IPAddress.Parse(++asked == 1 ? "127.0.0.2" : "127.0.0.1") }));
        var fetcher = new FeedFetcher(http, Options.Create(options), TimeProvider.System);
        var address = new Uri($"http://rebinding.example:{outside.Port}/");

        var first = await fetcher.FetchAsync(address, Validators.None, TestContext.Current.CancellationToken);
        var second = await fetcher.FetchAsync(address, Validators.None, TestContext.Current.CancellationToken);

        Assert.IsType<FetchResult.Fetched>(first);
        AssertRefused("rebinding", second);
        Assert.Equal((2, 1), (asked, outside.Connections));
    }

    [Fact]
    public async Task A_private_name_is_reached_where_its_network_is_allowed()
    {
        await using var house = RawServer.Saying("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n<rss/>");
        var options = new FetchOptions { AllowedNetworks = { "127.0.0.0/8" } };
        using var http = GuardedHttp.Client(new AddressGuard(Options.Create(options)), resolve: (_, _) => Task.FromResult(new[] { IPAddress.Loopback }));

        var result = await new FeedFetcher(http, Options.Create(options), TimeProvider.System).FetchAsync(new Uri($"http://feeds.internal:{house.Port}/"), Validators.None, TestContext.Current.CancellationToken);

        Assert.IsType<FetchResult.Fetched>(result);
    }

    private static void AssertRefused(string attack, FetchResult result)
    {
        var why = Assert.IsType<FetchResult.Failed>(result).Why;
        string[] refusals = ["not a public address", "a private network", "no web address", "user name or password", "which no web server uses", "which is no address", "host name is not known"];
        Assert.True(refusals.Any(r => why.Contains(r, StringComparison.Ordinal)), $"{attack}: {why}");
    }

    private static async Task<FetchResult> FetchAsync(Uri address, IPEndPoint? own = null)
    {
        var options = Options.Create(new FetchOptions { Timeout = TimeSpan.FromSeconds(5) });
        var guard = new AddressGuard(options);
        if (own is not null) guard.AllowOwn(own);
        using var http = GuardedHttp.Client(guard, resolve: ResolveAsync);
        return await new FeedFetcher(http, options, TimeProvider.System).FetchAsync(address, Validators.None, TestContext.Current.CancellationToken);
    }

    // Every name that the table does not know leads to loopback: the worst that a resolver can say.
    private static Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken) => host.Any(char.IsLetter) || Dns.ContainsKey(host)
        ? Task.FromResult(Dns.TryGetValue(host, out var known) ? known.Select(IPAddress.Parse).ToArray() : [IPAddress.Loopback])
        : Task.FromException<IPAddress[]>(new SocketException((int)SocketError.HostNotFound));
}
