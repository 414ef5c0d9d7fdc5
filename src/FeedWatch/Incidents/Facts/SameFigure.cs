namespace FeedWatch.Incidents.Facts;

/// <summary>Whether the same value under two places is one figure, of which one report named the place otherwise.</summary>
internal static class SameFigure
{
    public const string World = "world";

    /// <summary>Two countries may well arrest six people each, but not 8,000.</summary>
    private const decimal TooManyToBeChance = 200;

    /// <summary>Two countries may find a kilo each.</summary>
    private const decimal TooMuchToBeChance = 50;

    /// <summary>"Europe", "in four countries", "in all": the whole of it, as one paper or another calls it.</summary>
    private static readonly HashSet<string> Whole = new(StringComparer.Ordinal) { World, "EU", "" };

    public static bool Is(string kind, decimal value, string scope, string other) => scope == other || (Whole.Contains(scope) && Whole.Contains(other)) || kind switch
    {
        "cash" => true,
        "drugs" => value >= TooMuchToBeChance,
        "years" => false,
        _ => value >= TooManyToBeChance,
    };
}
