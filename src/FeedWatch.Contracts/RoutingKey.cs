using System.Globalization;
using System.Text;

namespace FeedWatch.Contracts;

/// <summary>
/// The AMQP routing key <c>&lt;event&gt;.&lt;severity&gt;.&lt;network&gt;.&lt;lang&gt;</c>, for example
/// <c>incident.detected.breaking.sky-ecc.nl</c>, so that a bot binds a queue with <c>incident.*.breaking.#</c>.
/// Never longer than the 255 bytes that AMQP allows. <c>digest</c> is one word where other events have two.
/// </summary>
public static class RoutingKey
{
    /// <summary>Stands where an event has no severity, network or language.</summary>
    public const string None = "-";

    private const int LongestSlug = 60;
    private const int LongestLanguage = 12;

    public static string Of(FeedWatchEvent @event)
    {
        ArgumentNullException.ThrowIfNull(@event);
        var (severity, network, language) = @event switch
        {
            IncidentEvent e => (Name(e.Severity), FirstAbout(e.Networks), e.Article.Language),
            ArticleMatched e => (Name(e.Severity), FirstAbout(e.Networks), e.Article.Language),
            BurstSummary e => (Name(e.Severity), None, null),
            Digest e => (Name(e.Severity), None, null),
            FeedEvent e => (None, None, e.Feed.Language),
            CoverageLost { Kind: CoverageKinds.Language } e => (None, None, e.Value),
            CoverageRestored { Kind: CoverageKinds.Language } e => (None, None, e.Value),
            _ => (None, None, null),
        };
        return $"{EventTypes.Of(@event)}.{severity}.{network}.{Word(language)}";
    }

    /// <summary>A name as one word of a routing key: lower case letters and digits of any script, joined by hyphens; at most 60 characters.</summary>
    public static string Slug(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var slug = new StringBuilder(name.Length);
        foreach (var rune in WellFormed(name).Normalize(NormalizationForm.FormKC).ToLowerInvariant().EnumerateRunes())
        {
            if (slug.Length + rune.Utf16SequenceLength > LongestSlug) break;
            if (Rune.IsLetterOrDigit(rune)) slug.Append(rune.ToString());
            else if (slug.Length > 0 && slug[^1] != '-' && Rune.GetUnicodeCategory(rune) != UnicodeCategory.NonSpacingMark) slug.Append('-');
        }

        var trimmed = slug.ToString().Trim('-');
        return trimmed.Length == 0 ? None : trimmed;
    }

    public static string Name(Severity severity) => severity switch
    {
        Severity.Breaking => "breaking",
        Severity.Major => "major",
        Severity.Minor => "minor",
        _ => "info",
    };

    private static string FirstAbout(IReadOnlyList<NetworkReference> networks) =>
        networks.FirstOrDefault(n => n.About) is { } network ? Slug(network.Slug) : None;

    /// <summary>A language code; a feed that names its language by a sentence has none.</summary>
    private static string Word(string? language) => language is { Length: > 0 and <= LongestLanguage } ? Slug(language) : None;

    /// <summary>Half a surrogate pair becomes U+FFFD, what is no character goes: a feed can hold both, and <see cref="string.Normalize()"/> refuses them.</summary>
    private static string WellFormed(string text) => string.Concat(text.EnumerateRunes().Where(r => (r.Value & 0xFFFE) != 0xFFFE));
}
