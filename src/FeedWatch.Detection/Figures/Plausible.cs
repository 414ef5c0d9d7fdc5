namespace FeedWatch.Detection.Figures;

/// <summary>
/// Bounds within which a figure of a takedown lies. What lies outside was read wrong, whatever the grammar says: no police ever arrested
/// five million people, and no court sent anybody to prison for nine hundred years.
/// </summary>
internal static class Plausible
{
    /// <summary>Beyond this no currency of a seizure goes, be it worth as little as the Colombian peso.</summary>
    private const decimal MostMoney = 1_000_000_000_000m;

    /// <summary>Currencies of which one is worth a tenth of a euro or more.</summary>
    private static readonly HashSet<string> Hard = new(StringComparer.Ordinal) { "EUR", "USD", "GBP", "CHF", "AUD", "NZD", "CAD", "BAM", "RON", "BGN", "PLN" };

    private const decimal MostHardMoney = 20_000_000_000m;

    // About five times the largest on record; EncroChat led to 6,558 arrests and 7,134 years, Sky ECC had a billion messages.
    private static readonly Dictionary<string, decimal> Most = new(StringComparer.Ordinal)
    {
        ["arrests"] = 30_000, ["charges"] = 30_000, ["convictions"] = 30_000, ["suspects"] = 50_000, ["searches"] = 30_000, ["years"] = 50_000,
        ["messages"] = 100_000_000_000m, ["users"] = 50_000_000, ["devices"] = 10_000_000, ["organisations"] = 5_000, ["countries"] = 200,
        ["weapons"] = 100_000, ["vehicles"] = 20_000, ["labs"] = 2_000, ["servers"] = 20_000,
    };

    private const decimal MostKilos = 2_000_000;

    public static bool Is(string kind, decimal value, string unit) => value <= (kind, unit) switch
    {
        ("cash", _) or ("drugs", not "kg") => Hard.Contains(unit) ? MostHardMoney : MostMoney,
        ("drugs", "kg") => MostKilos,
        _ => Most.GetValueOrDefault(kind, decimal.MaxValue),
    };
}
