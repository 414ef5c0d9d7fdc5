namespace FeedWatch.Seen.Addresses;

/// <summary>How publishers mark the AMP version of an article's page: a step of the path, an ending, a parameter.</summary>
internal static class AmpPath
{
    private const int ShortestSlug = 10;

    public static string Without(string path)
    {
        if (!path.Contains("amp", StringComparison.OrdinalIgnoreCase)) return path;
        foreach (var (ending, instead) in new[] { (".amp.html", ".html"), (".amp", ""), ("/amp.html", ""), ("/amp", "") })
        {
            if (path.Length > ending.Length && path.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) return path[..^ending.Length] + instead;
        }

        // Within a path "amp" may be a subject (amplifiers), so what follows must name an article by itself.
        var at = path.IndexOf("/amp/", StringComparison.OrdinalIgnoreCase);
        return at >= 0 && IsSlug(path.AsSpan(path.LastIndexOf('/') + 1)) ? path.Remove(at, 4) : path;
    }

    /// <summary>Whether a parameter, <c>name=value</c>, asks for the AMP version.</summary>
    public static bool Asks(string parameter) => parameter.ToUpperInvariant() is
        "AMP" or "AMP=" or "AMP=1" or "AMP=TRUE" or "_AMP" or "_AMP=1" or "_AMP=TRUE" or "OUTPUTTYPE=AMP" or "OUTPUT=AMP" or "FORMAT=AMP" or "VIEW=AMP" or "NOAMP=MOBILE"
        || parameter.StartsWith("amp_", StringComparison.OrdinalIgnoreCase);

    private static bool IsSlug(ReadOnlySpan<char> name) => name.Length >= ShortestSlug && (name.ContainsAnyInRange('0', '9') || name.Contains('-'));
}
