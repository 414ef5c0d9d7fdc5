using System.Text;

namespace FeedWatch.Seen.Addresses;

/// <summary>
/// Canonical addresses as they were built before <see cref="CanonicalUrl"/> knew of AMP, wrappers and session ids. An article that was
/// seen under such a one must not come back as a new one; when the last of them is forgotten (Storage:KeepArticles), this goes too.
/// </summary>
internal static class FormerUrl
{
    private static readonly string[] TrackingPrefixes = ["utm_", "at_", "pk_", "mtm_", "piwik_", "hsa_"];

    private static readonly HashSet<string> Tracking = new(StringComparer.OrdinalIgnoreCase)
    {
        "fbclid", "gclid", "dclid", "yclid", "msclkid", "igshid", "mc_cid", "mc_eid", "cmpid", "cmp", "ocid", "ito", "ns_mchannel", "ns_source",
        "ns_campaign", "ns_linkname", "xtor", "wt_mc", "wt.mc", "ref", "ref_src", "referrer", "source", "sref", "smid", "partner", "ncid", "feature", "rss", "traffic_source", "traffic_medium", "traffic_campaign", "traffic_id", "traffic_type", "origin",
    };

    public static string Of(Uri link)
    {
        var host = link.IdnHost.ToLowerInvariant();
        if (host.StartsWith("www.", StringComparison.Ordinal)) host = host[4..];
        var former = new StringBuilder(host);
        if (!link.IsDefaultPort) former.Append(':').Append(link.Port);

        former.Append(link.AbsolutePath.TrimEnd('/'));
        var query = link.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Where(p => !IsTracking(p))
            .Order(StringComparer.Ordinal);
        return former.Append('?').AppendJoin('&', query).ToString().TrimEnd('?');
    }

    private static bool IsTracking(string parameter)
    {
        var name = parameter.Split('=', 2)[0];
        return Tracking.Contains(name) || TrackingPrefixes.Any(p => name.StartsWith(p, StringComparison.OrdinalIgnoreCase));
    }
}
