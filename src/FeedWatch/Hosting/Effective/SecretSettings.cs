using System.Text.RegularExpressions;

namespace FeedWatch.Hosting.Effective;

/// <summary>Which settings nobody but the process should read, and what is shown in their place.</summary>
internal static partial class SecretSettings
{
    private const string Mask = "***";

    /// <summary>The value as it may be shown: of a connection string the server without the password, of a web address the host without the rest.</summary>
    public static string? Masked(string name, string? value) => value switch
    {
        null or "" => value,
        _ when ConnectionName().IsMatch(name) => Password().Replace(value, $"$1{Mask}"),
        _ when SecretName().IsMatch(name) => Mask,
        _ when UrlName().IsMatch(name) => OfAddress(value),
        _ => WithoutUser(value),
    };

    // The path of a webhook is its key.
    private static string OfAddress(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Host.Length > 0 ? $"{uri.Scheme}://{uri.Authority}{(uri.PathAndQuery.Length > 1 ? $"/{Mask}" : "")}" : Mask;

    private static string WithoutUser(string value) => UserInfo().Replace(value, $"$1{Mask}@");

    [GeneratedRegex("ConnectionString$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ConnectionName();

    [GeneratedRegex("(Password|Secret|Secrets:[0-9]+|Token|Key|Credentials|Authorization)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SecretName();

    [GeneratedRegex("(^Chat:.*Url|ServerUrl)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex UrlName();

    [GeneratedRegex("((?:Password|Pwd|Passfile|SSL Password)\\s*=\\s*)(?:'[^']*'|\"[^\"]*\"|[^;]*)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Password();

    [GeneratedRegex("(://)[^/@\\s]+@", RegexOptions.CultureInvariant)]
    private static partial Regex UserInfo();
}
