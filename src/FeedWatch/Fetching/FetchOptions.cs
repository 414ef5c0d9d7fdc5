using System.ComponentModel.DataAnnotations;
using System.Net;
using FeedWatch.Sources;
using Microsoft.Extensions.Options;

namespace FeedWatch.Fetching;

/// <summary>How FeedWatch asks for what lies on other people's servers: section <c>Fetching</c>.</summary>
internal sealed class FetchOptions
{
    public const string Section = "Fetching";

    /// <summary>How long one request may take, from connecting to the last byte.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:02:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>The largest body that is read, in bytes after decompression.</summary>
    [Range(1024, 256 * 1024 * 1024)]
    public int MaxBytes { get; set; } = 15 * 1024 * 1024;

    /// <summary>Private and loopback networks that feeds may lie in, as CIDR (<c>10.1.0.0/16</c>). None by default: a feed's address is somebody else's word.</summary>
    public IList<string> AllowedNetworks { get; } = [];

    /// <summary>An HTTP proxy that everything is fetched through, <c>http://proxy.example:3128</c>. Targets are guarded all the same. The environment's HTTP_PROXY is not looked at.</summary>
    public string? Proxy { get; set; }

    public string? ProxyUser { get; set; }

    /// <summary>A file with the proxy's password.</summary>
    public string? ProxyPasswordFile { get; set; }

    /// <summary>Says honestly who asks and where to complain. Set your own contact address.</summary>
    [Required]
    public string UserAgent { get; set; } = $"FeedWatch/{Version} (+https://feedwatch.org/bot)";

    private static string Version { get; } =
        typeof(FetchOptions).Assembly.GetName().Version is { } v ? $"{v.Major}.{v.Minor}" : "0.0";
}

[OptionsValidator]
internal sealed partial class FetchOptionsValidator : IValidateOptions<FetchOptions>;

/// <summary>What attributes cannot say: the list holds networks, the user agent is a legal header.</summary>
internal sealed class FetchOptionsRules : IValidateOptions<FetchOptions>
{
    public ValidateOptionsResult Validate(string? name, FetchOptions options)
    {
        var faults = new List<string>();
        for (var i = 0; i < options.AllowedNetworks.Count; i++)
        {
            if (!IPNetwork.TryParse(options.AllowedNetworks[i], out _))
                faults.Add($"Fetching:AllowedNetworks:{i} '{options.AllowedNetworks[i]}' is no network; write an address and a length without host bits, as 10.1.0.0/16 or ::1/128.");
        }

        CheckProxy(options, faults);
        if (options.UserAgent.Any(c => c is < ' ' or > '~'))
            faults.Add("Fetching:UserAgent holds a character that no header may hold; use printable ASCII.");
        return faults.Count > 0 ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;
    }

    private static void CheckProxy(FetchOptions options, List<string> faults)
    {
        if (string.IsNullOrEmpty(options.Proxy))
        {
            if (!string.IsNullOrEmpty(options.ProxyUser) || !string.IsNullOrEmpty(options.ProxyPasswordFile)) faults.Add("Fetching:ProxyUser and Fetching:ProxyPasswordFile need Fetching:Proxy.");
            return;
        }

        if (!Uri.TryCreate(options.Proxy, UriKind.Absolute, out var proxy) || (proxy.Scheme != Uri.UriSchemeHttp && proxy.Scheme != Uri.UriSchemeHttps))
            faults.Add($"Fetching:Proxy '{WebAddress.Shown(options.Proxy)}' is no proxy's address; write it as http://proxy.example:3128.");
        else if (proxy.UserInfo.Length > 0)
            faults.Add("Fetching:Proxy carries a user name or password; put them into Fetching:ProxyUser and a file that Fetching:ProxyPasswordFile names.");
        if (options.ProxyPasswordFile is { Length: > 0 } file && !File.Exists(file)) faults.Add($"Fetching:ProxyPasswordFile '{file}' is not there.");
    }
}
