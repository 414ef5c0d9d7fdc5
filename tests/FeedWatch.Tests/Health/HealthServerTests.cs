using System.Net;
using System.Net.Sockets;
using FeedWatch.Health;
using FeedWatch.Health.Serving;
using FeedWatch.Tests.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FeedWatch.Tests.Health;

public sealed class HealthServerTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("feedwatch-health-");
    private readonly IHost host = Host();

    public void Dispose()
    {
        host.Dispose();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task It_answers_before_the_host_has_started()
    {
        await using var server = await OpenAsync();

        var live = await HealthVisitor.AskAsync(server.Addresses.Single(), "/health/live");
        var ready = await HealthVisitor.AskAsync(server.Addresses.Single(), "/health/ready");

        Assert.Equal((200, 503), (live.Status, ready.Status));
        Assert.Equal("starting", ready.Body!.Value.GetProperty("status").GetString());
        Assert.Equal("feedwatch", ready.Body!.Value.GetProperty("service").GetString());
    }

    [Theory]
    [InlineData("/", "GET", 404)]
    [InlineData("/health/dead", "GET", 404)]
    [InlineData("/health/live", "HEAD", 200)]
    [InlineData("/health/live", "POST", 405)]
    [InlineData("/health/live", "DELETE", 405)]
    public async Task It_answers_what_it_has_and_to_who_reads(string page, string method, int status)
    {
        await using var server = await OpenAsync();

        Assert.Equal(status, (await HealthVisitor.AskAsync(server.Addresses.Single(), page, method: new HttpMethod(method))).Status);
    }

    [Theory]
    [InlineData(null, 401)]
    [InlineData("probe:wrong", 401)]
    [InlineData("other:s3cret", 401)]
    [InlineData("probe:s3cret", 200)]
    public async Task With_a_password_it_says_nothing_to_who_does_not_know_it(string? login, int status)
    {
        var file = Path.Combine(folder.FullName, "password");
        await File.WriteAllTextAsync(file, "s3cret\n", TestContext.Current.CancellationToken);
        await using var server = await OpenAsync(new HealthOptions { Urls = "http://127.0.0.1:0", User = "probe", PasswordFile = file });

        var answer = await HealthVisitor.AskAsync(server.Addresses.Single(), "/health/live", login);

        Assert.Equal(status, answer.Status);
        Assert.Equal(status == 200, answer.Body is not null);
    }

    [Fact]
    public async Task It_listens_at_several_addresses_and_takes_over_the_socket_that_a_killed_process_left()
    {
        var path = Path.Combine(folder.FullName, "health.sock");
        using var left = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified); // its file is there, and nobody listens
        left.Bind(new UnixDomainSocketEndPoint(path));
        var options = new HealthOptions { Urls = $"http://unix:{path}; http://127.0.0.1:0" };

        await using (var server = await OpenAsync(options))
        {
            Assert.Equal(2, server.Addresses.Count);
            await using var stream = await options.Addresses()[0].ConnectAsync(TestContext.Current.CancellationToken);
            await stream.WriteAsync("GET /health/live HTTP/1.0\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
            Assert.StartsWith("HTTP/1.1 200 OK", await new StreamReader(stream).ReadLineAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }

        Assert.False(File.Exists(path));
    }

    [Fact]
    public async Task A_taken_port_that_somebody_asked_for_is_said_with_its_remedy_and_one_that_nobody_asked_for_ends_nothing()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var options = new HealthOptions { Urls = $"http://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}" };

        var fault = await Assert.ThrowsAsync<HealthPortException>(() => HealthServer.OpenAsync(host.Services, options, isAsked: true, TestContext.Current.CancellationToken));
        var without = await HealthServer.OpenAsync(host.Services, options, isAsked: false, TestContext.Current.CancellationToken);

        Assert.StartsWith($"Health:Urls '{options.Urls}' cannot be used: another program, or another FeedWatch, listens there already. Name a free port", fault.Message, StringComparison.Ordinal);
        Assert.Null(without);
    }

    [Fact]
    public async Task No_address_is_no_port() => Assert.Null(await HealthServer.OpenAsync(host.Services, new HealthOptions { Urls = "" }, isAsked: true, TestContext.Current.CancellationToken));

    private async Task<HealthServer> OpenAsync(HealthOptions? options = null) =>
        (await HealthServer.OpenAsync(host.Services, options ?? new HealthOptions { Urls = "http://127.0.0.1:0" }, isAsked: true, TestContext.Current.CancellationToken))!;

    private static IHost Host()
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddHealth();
        return builder.Build();
    }
}
