using System.Text;
using System.Text.Unicode;
using FeedWatch.Sources;

namespace FeedWatch.Fetching;

/// <summary>What a server may say about where to go and when to come back.</summary>
internal static class Redirects
{
    /// <returns>Why the redirect is not followed; null where <paramref name="next"/> may be asked.</returns>
    public static string? Next(Uri from, HttpResponseMessage response, out Uri next)
    {
        next = from;
        if (!response.Headers.NonValidated.TryGetValues("Location", out var values) || values.ToString() is not { Length: > 0 } location) return "it redirects without saying where to";
        if (location.Length > WebAddress.Longest) return $"it redirects to an address longer than {WebAddress.Longest} characters";
        if (!Uri.TryCreate(from, AsWritten(location), out var target)) return $"it redirects to '{WebAddress.Shown(location)}', which is no address";
        if (WebAddress.Refusal(target) is { } refusal) return $"it redirects to an address that {refusal}";

        // Whoever stands on the way could then put words into the publisher's mouth; browsers and .NET refuse it too.
        if (from.Scheme == Uri.UriSchemeHttps && target.Scheme == Uri.UriSchemeHttp) return $"it redirects from https to http ({WebAddress.Shown(target.AbsoluteUri)}), which would give up its protection";
        next = target;
        return null;
    }

    // Headers are read byte for byte; servers that do not escape an address mean UTF-8, as browsers take it.
    private static string AsWritten(string location)
    {
        if (Ascii.IsValid(location)) return location;
        var bytes = Encoding.Latin1.GetBytes(location);
        return Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : location;
    }
}

/// <summary>The header of that name (RFC 9110, section 10.2.3), read generously: servers write all kinds of things into it.</summary>
internal static class RetryAfter
{
    /// <summary>A date in a header has no fractions: the moment that the server means lies up to a second behind it.</summary>
    private static readonly TimeSpan Rounding = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Ever = TimeSpan.FromDays(3650);

    /// <returns>When the server allows the next request; null where it does not say so in a way that can be understood.</returns>
    public static DateTimeOffset? Until(HttpResponseMessage response, DateTimeOffset now)
    {
        if (response.Headers.RetryAfter is { Date: { } date }) return date < DateTimeOffset.MaxValue - Rounding ? date + Rounding : date;
        if (response.Headers.RetryAfter is { Delta: { } delta }) return now + (delta < Ever ? delta : Ever);

        // More seconds than a number holds are still a wish to be left alone.
        return response.Headers.NonValidated.TryGetValues("Retry-After", out var values) && values.ToString() is { Length: > 0 } text && text.All(char.IsAsciiDigit)
            ? now + Ever
            : null;
    }
}
