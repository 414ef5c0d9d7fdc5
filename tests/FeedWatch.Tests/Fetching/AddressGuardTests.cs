using System.Net;
using FeedWatch.Fetching;
using FeedWatch.Fetching.Guarding;
using Microsoft.Extensions.Options;

namespace FeedWatch.Tests.Fetching;

public sealed class AddressGuardTests
{
    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("2a00:1450:4001::1", true)]
    [InlineData("64:ff9b::808:808", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("127.255.1.2", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("10.0.0.1", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("172.16.0.1", false)]
    [InlineData("172.32.0.1", true)]
    [InlineData("192.168.1.1", false)]
    [InlineData("198.18.0.1", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::1", false)]
    [InlineData("::", false)]
    [InlineData("::ffff:127.0.0.1", false)]
    [InlineData("::ffff:8.8.8.8", true)]
    [InlineData("::7f00:1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fc00::1", false)]
    [InlineData("fec0::1", false)]
    [InlineData("ff02::1", false)]
    [InlineData("64:ff9b::7f00:1", false)]
    [InlineData("64:ff9b::a9fe:a9fe", false)]
    [InlineData("2002:7f00:1::", false)]
    [InlineData("2001:0:1:2:3:4:80ff:fffe", false)]
    public void Only_public_addresses_are_reached(string address, bool allowed)
    {
        var guard = new AddressGuard(Options.Create(new FetchOptions()));

        Assert.Equal(allowed, guard.Allows(new IPEndPoint(IPAddress.Parse(address), 80)));
    }

    [Fact]
    public void A_network_of_the_settings_is_reached()
    {
        var guard = new AddressGuard(Options.Create(new FetchOptions { AllowedNetworks = { "10.1.0.0/16" } }));

        Assert.True(guard.Allows(new IPEndPoint(IPAddress.Parse("10.1.2.3"), 80)));
        Assert.False(guard.Allows(new IPEndPoint(IPAddress.Parse("10.2.2.3"), 80)));
    }

    [Fact]
    public void A_server_of_our_own_is_reached_at_its_port_only()
    {
        var guard = new AddressGuard(Options.Create(new FetchOptions()));
        guard.AllowOwn(new IPEndPoint(IPAddress.Loopback, 5001));

        Assert.True(guard.Allows(new IPEndPoint(IPAddress.Loopback, 5001)));
        Assert.False(guard.Allows(new IPEndPoint(IPAddress.Loopback, 5002)));
    }
}
