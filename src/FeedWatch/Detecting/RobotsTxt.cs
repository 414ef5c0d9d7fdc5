namespace FeedWatch.Detecting;

/// <summary>
/// What a site asks of robots (RFC 9309): the group that names us, else the one for all; the longest matching rule decides,
/// and between equals the allowing one.
/// </summary>
internal sealed class RobotsTxt
{
    private const int LongestFile = 500 * 1024; // RFC 9309, section 2.5
    private const int MostRules = 2_000;

    private readonly List<(bool Allow, string Pattern)> rules;

    private RobotsTxt(List<(bool Allow, string Pattern)> rules) => this.rules = rules;

    /// <summary>No robots.txt there: everything is allowed.</summary>
    public static RobotsTxt Open { get; } = new([]);

    /// <summary>The site could not say: nothing is allowed for now.</summary>
    public static RobotsTxt Closed { get; } = new([(false, "/")]);

    public static RobotsTxt Parse(string text, string product)
    {
        var own = new List<(bool, string)>();
        var all = new List<(bool, string)>();
        var (toUs, toAll, named, inRules) = (false, false, false, true);
        foreach (var line in (text.Length > LongestFile ? text[..LongestFile] : text).Split(['\n', '\r']))
        {
            var parts = line.Split('#', 2)[0].Split(':', 2, StringSplitOptions.TrimEntries);
            if (parts.Length < 2) continue;
            switch (parts[0].ToLowerInvariant())
            {
                case "user-agent":
                    if (inRules) (toUs, toAll, inRules) = (false, false, false);
                    toUs |= parts[1].Split('/')[0].Equals(product, StringComparison.OrdinalIgnoreCase);
                    toAll |= parts[1] == "*";
                    named |= toUs;
                    break;
                case "allow" or "disallow":
                    inRules = true;
                    if (parts[1].Length == 0) break;
                    var rule = (parts[0].Equals("allow", StringComparison.OrdinalIgnoreCase), parts[1]);
                    if (toUs && own.Count < MostRules) own.Add(rule);
                    if (toAll && all.Count < MostRules) all.Add(rule);
                    break;
            }
        }

        return new RobotsTxt(named ? own : all);
    }

    public bool Allows(Uri address)
    {
        var path = address.PathAndQuery;
        return rules.Where(r => Matches(r.Pattern, path)).OrderByDescending(r => r.Pattern.Length).ThenByDescending(r => r.Allow).Select(r => (bool?)r.Allow).FirstOrDefault() ?? true;
    }

    // '*' stands for anything, '$' at the end for the end. Greedy matching with one step back keeps it linear times the pattern.
    private static bool Matches(string pattern, string path)
    {
        var anchored = pattern.EndsWith('$');
        if (anchored) pattern = pattern[..^1];
        int at = 0, p = 0, star = -1, from = 0;
        while (at < path.Length && (p < pattern.Length || anchored || star >= 0))
        {
            if (p < pattern.Length && pattern[p] == '*') (star, from) = (p++, at);
            else if (p < pattern.Length && pattern[p] == path[at]) (p, at) = (p + 1, at + 1);
            else if (p == pattern.Length && !anchored) return true;
            else if (star >= 0) (p, at) = (star + 1, ++from);
            else return false;
        }

        while (p < pattern.Length && pattern[p] == '*') p++;
        return p == pattern.Length;
    }
}
