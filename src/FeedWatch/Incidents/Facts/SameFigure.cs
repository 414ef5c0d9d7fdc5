namespace FeedWatch.Incidents.Facts;

/// <summary>Whether the same value under two places is one figure, of which one report named the place otherwise.</summary>
internal static class SameFigure
{
    public const string World = "world";

    /// <summary>Two countries may well arrest six people each, but not 8,000.</summary>
    private const decimal TooManyToBeChance = 200;

    /// <summary>Where all of them are as many as those in one country, they are those: three arrests in Europe, three in Spain.</summary>
    private const decimal TooManyForAPart = 2;

    /// <summary>Two countries may find a kilo each.</summary>
    private const decimal TooMuchToBeChance = 50;

    /// <summary>"Europe", "in four countries", "in all": the whole of it, as one paper or another calls it.</summary>
    private static readonly HashSet<string> Whole = new(StringComparer.Ordinal) { World, "EU", "" };

    /// <param name="kind">What is counted.</param>
    /// <param name="value">How many both say.</param>
    /// <param name="scope">Where the one says it was.</param>
    /// <param name="other">Where the other says it was.</param>
    /// <param name="inDays">Whether both were said in the same days: then much less is no chance.</param>
    public static bool Is(string kind, decimal value, string scope, string other, bool inDays) => scope == other || (IsWhole(scope) && IsWhole(other)) || kind switch
    {
        "cash" => true,
        "years" when inDays => true, // one sentence, in the paper of the country that the man came from and of the one that tried him
        "drugs" => value >= TooMuchToBeChance,
        _ => value >= (inDays && (IsWhole(scope) || IsWhole(other)) ? TooManyForAPart : TooManyToBeChance),
    };

    /// <summary>Whether a scope is all of a takedown, not one country of it.</summary>
    public static bool IsWhole(string scope) => Whole.Contains(scope);
}
