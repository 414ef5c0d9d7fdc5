namespace FeedWatch.Parsing.Dates;

/// <summary>
/// Names of time zones in feeds, as minutes east of UTC. Where a name stands for several zones, the one that news feeds mean.
/// The single letters of RFC 822 are not here: its own table was wrong, so RFC 2822 (section 4.3) reads them as UTC.
/// </summary>
internal static class ZoneNames
{
    private static readonly Dictionary<string, int> Minutes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["UT"] = 0, ["UTC"] = 0, ["GMT"] = 0, ["Z"] = 0, ["WET"] = 0, ["WEST"] = 60, ["BST"] = 60, ["IST"] = 330,
        ["CET"] = 60, ["CEST"] = 120, ["MET"] = 60, ["MEST"] = 120, ["MEZ"] = 60, ["MESZ"] = 120, ["EET"] = 120, ["EEST"] = 180, ["SAST"] = 120,
        ["MSK"] = 180, ["MSD"] = 240, ["TRT"] = 180, ["GST"] = 240, ["PKT"] = 300, ["ICT"] = 420, ["WIB"] = 420, ["HKT"] = 480, ["SGT"] = 480,
        ["JST"] = 540, ["KST"] = 540, ["AWST"] = 480, ["ACST"] = 570, ["ACDT"] = 630, ["AEST"] = 600, ["AEDT"] = 660, ["NZST"] = 720, ["NZDT"] = 780,
        ["BRT"] = -180, ["ART"] = -180, ["CLT"] = -240, ["NST"] = -210, ["NDT"] = -150,
        ["AST"] = -240, ["ADT"] = -180, ["EST"] = -300, ["EDT"] = -240, ["CST"] = -360, ["CDT"] = -300, ["MST"] = -420, ["MDT"] = -360,
        ["PST"] = -480, ["PDT"] = -420, ["AKST"] = -540, ["AKDT"] = -480, ["HST"] = -600,

        // What radio and television call their zones: "10:00 ET". Standard time, for want of better.
        ["AT"] = -240, ["ET"] = -300, ["CT"] = -360, ["MT"] = -420, ["PT"] = -480,
    };

    /// <summary>Null for a name that nobody knows; RFC 2822 (section 4.3) has such a time read as UTC.</summary>
    public static int? Offset(ReadOnlySpan<char> name) =>
        Minutes.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var minutes) ? minutes : null;
}
