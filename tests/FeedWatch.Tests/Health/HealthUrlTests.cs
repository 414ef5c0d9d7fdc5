using FeedWatch.Health;
using FeedWatch.Health.Serving;

namespace FeedWatch.Tests.Health;

public sealed class HealthUrlTests
{
    [Theory]
    [InlineData("http://127.0.0.1:8080", "127.0.0.1", 8080)]
    [InlineData("http://127.0.0.1:8080/", "127.0.0.1", 8080)]
    [InlineData("http://127.0.0.1", "127.0.0.1", 80)]
    [InlineData("http://0.0.0.0:9090", "0.0.0.0", 9090)]
    [InlineData("http://*:8080", "::", 8080)]
    [InlineData("http://+:8080", "::", 8080)]
    [InlineData("http://[::1]:8080", "::1", 8080)]
    [InlineData("http://[::1]", "::1", 80)]
    [InlineData("http://localhost:8080", null, 8080)]
    public void An_address_is_read(string text, string? address, int port)
    {
        Assert.True(HealthUrl.TryParse(text, out var url, out _));

        Assert.Equal((address, port), (url.Address?.ToString(), url.Port));
    }

    [Theory]
    [InlineData("https://127.0.0.1:8443", "must begin with http://; for https put a web server before it.")]
    [InlineData("127.0.0.1:8080", "is no address")]
    [InlineData("http://127.0.0.1:99999", "has no port from 0 to 65535")]
    [InlineData("http://127.0.0.1:http", "has no port from 0 to 65535")]
    [InlineData("http://feedwatch.example:8080", "names no address of this machine")] // Kestrel would open it to everybody
    [InlineData("http://127.0.0.1:8080/health", "has no port from 0 to 65535")]
    [InlineData("http://unix:health.sock", "names no full path of a socket")]
    public void What_is_none_is_said_with_what_would_be_right(string text, string said)
    {
        var faults = new HealthOptionsRules().Validate(null, new HealthOptions { Urls = $"http://127.0.0.1:1;{text}" }).Failures;

        Assert.StartsWith($"Health:Urls '{text}' {said}", Assert.Single(faults!), StringComparison.Ordinal);
    }

    [Fact]
    public void A_user_needs_a_password_and_a_password_a_user()
    {
        var noFile = new HealthOptionsRules().Validate(null, new HealthOptions { User = "probe" }).Failures;
        var noUser = new HealthOptionsRules().Validate(null, new HealthOptions { PasswordFile = "/nowhere" }).Failures;
        var unreadable = new HealthOptionsRules().Validate(null, new HealthOptions { User = "probe", PasswordFile = "/nowhere" }).Failures;

        Assert.Contains("without Health:PasswordFile", Assert.Single(noFile!), StringComparison.Ordinal);
        Assert.Contains("without Health:User", Assert.Single(noUser!), StringComparison.Ordinal);
        Assert.Contains("Health:PasswordFile '/nowhere' cannot be read", Assert.Single(unreadable!), StringComparison.Ordinal);
    }
}
