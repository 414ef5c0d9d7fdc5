namespace FeedWatch.Incidents.Facts;

/// <summary>A value that a later report says was wrong: "44, not 46".</summary>
/// <param name="Right">The value that is right, null where several or none is given.</param>
/// <param name="Scope">Where the denying report says that it was counted.</param>
/// <param name="Last">The latest report that denies it; whoever gave it up to then was wrong.</param>
internal sealed record Denial(string Kind, string Unit, decimal Value, decimal? Right, string? Scope, DateTimeOffset Last)
{
    public bool IsOf(FigureEntry entry, Claim claim) => (Kind, Unit, Value) == (entry.Kind, entry.Unit, claim.Value) && claim.First <= Last;
}
