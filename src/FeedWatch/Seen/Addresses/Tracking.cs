using System.Collections.Frozen;

namespace FeedWatch.Seen.Addresses;

/// <summary>Parameters that say where a reader came from, and not what is read.</summary>
internal static class Tracking
{
    private static readonly string[] Prefixes =
    [
        "utm_", "at_", "pk_", "mtm_", "matomo_", "piwik_", "hsa_", "ga_", "itm_", "trk_", "oly_", "vero_", "fb_", "ns_", "pf_rd_", "guce_", "_hs", "cm_mmc", "__cft__", "soc_", "traffic_", "wt_", "wt.",
    ];

    private static readonly FrozenSet<string> Names = new[]
    {
        "fbclid", "gclid", "dclid", "yclid", "msclkid", "twclid", "ttclid", "gbraid", "wbraid", "gclsrc", "gad_source", "igshid", "igsh", "li_fat_id", "mibextid", "_ga", "_gl", "__tn__", "__twitter_impression", "guccounter",
        "mc_cid", "mc_eid", "mkt_tok", "cmpid", "cmp", "s_cid", "s_kwcid", "icid", "ocid", "dgcid", "ncid", "ef_id", "epik", "rb_clickid", "dicbo", "tblci", "spm", "trk", "trkcampaign", "wprov", "srnd", "sfnsn",
        "ito", "xtor", "ref_src", "ref_url", "referrer", "referer", "sref", "smid", "smtyp", "smprod", "smvar", "tpcc", "taid", "mbid", "maca", "xing_share", "linkid", "sharetype", "share_from", "rss", "from_rss", "usqp",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    // With a word behind them they name a road ("ref=rss"), with a number perhaps an article ("ref=20211").
    private static readonly FrozenSet<string> NamesOfRoads = new[] { "ref", "source", "origin", "partner", "feature", "via" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> AnyName = Names.GetAlternateLookup<ReadOnlySpan<char>>();
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> RoadName = NamesOfRoads.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <param name="parameter">As it stands in the query, <c>name=value</c>.</param>
    public static bool Is(string parameter)
    {
        var end = parameter.IndexOf('=', StringComparison.Ordinal);
        var name = end < 0 ? parameter.AsSpan() : parameter.AsSpan(0, end);
        var value = end < 0 ? [] : parameter.AsSpan(end + 1);
        if (AnyName.Contains(name)) return true;
        if (RoadName.Contains(name)) return !IsNumber(value);

        // The Wall Street Journal's "mod=rss_…" is a road; "mod=news" chooses a page of other systems.
        if (name.Equals("mod", StringComparison.OrdinalIgnoreCase)) return value.StartsWith("rss", StringComparison.OrdinalIgnoreCase);
        foreach (var prefix in Prefixes)
        {
            if (name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) return true;
        }

        return false;
    }

    private static bool IsNumber(ReadOnlySpan<char> value) => value.Length > 0 && !value.ContainsAnyExceptInRange('0', '9');
}
