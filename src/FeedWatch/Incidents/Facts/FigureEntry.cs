using FeedWatch.Contracts;

namespace FeedWatch.Incidents.Facts;

/// <summary>All that was said of one figure of an incident: what it counts, and every value that anybody gave.</summary>
internal sealed record FigureEntry
{
    /// <summary>The greatest values are kept, and the greatest that an official body gave: figures grow, for years.</summary>
    private const int MostClaims = 60;
    private const int MostOfficial = 20;

    /// <summary>So many outlets with a smaller value outvote a single one with a greater: it misprinted.</summary>
    private const int Outvoting = 3;

    /// <summary>A value below this share of another counts something narrower and corrects nothing.</summary>
    private const decimal Narrower = 0.5m;

    /// <summary>A rounded value no further than this share from an exact one is the same, rounded.</summary>
    private const decimal Rounding = 0.08m;

    /// <summary>A smaller value that comes so much later is another wave, not an old report.</summary>
    private static readonly TimeSpan Wave = TimeSpan.FromDays(14);

    /// <summary>From so many on a later wave is news.</summary>
    private const decimal LeastWave = 10;

    private const string Years = "years";

    /// <summary>Of these a network has one number; a smaller one that comes later is of a case.</summary>
    private static readonly HashSet<string> Once = new(StringComparer.Ordinal) { "organisations", "countries", "servers" };

    /// <summary>Of the messages and users of a network a smaller share is a case, no part of it.</summary>
    private const decimal LeastShare = 0.01m;

    /// <summary>Fewer than this are in one man's pocket and no figure of a network.</summary>
    private static readonly Dictionary<string, decimal> Least = new(StringComparer.Ordinal) { ["users"] = 10, ["devices"] = 10, ["messages"] = 100 };

    /// <summary>Fewer than this are shown and are no news by themselves: one man, the accused of one case, countries that are told by their names.</summary>
    private static readonly Dictionary<string, decimal> LeastNews = new(StringComparer.Ordinal) { ["arrests"] = 2, ["charges"] = 3, ["countries"] = 5, ["organisations"] = 10 };

    public required string Kind { get; init; }
    public required string Unit { get; init; }
    public required string Scope { get; init; }
    public required string What { get; init; }

    // Asked for many times by whoever holds it against the other entries of a book.
    private Claim? current;

    public required IReadOnlyList<Claim> Claims
    {
        get;
        init => (field, current) = (value, null);
    }

    /// <summary>
    /// The value that stands, by this rule: the latest word of an official body; a greater value that came after it; where none has
    /// spoken the greatest, since figures of a takedown grow for hours. One outlet that is alone with a greater value
    /// against three is taken to have misprinted it; a value less than half of another counts something narrower; a rounded value
    /// beside an exact one says nothing more.
    /// </summary>
    public Claim Current => current ??= Standing();

    /// <summary>Smaller values that came long after the one that stands: another round of arrests, another trial. Of years, each somebody's own, all other values.</summary>
    public IEnumerable<Claim> Waves
    {
        get
        {
            if (Once.Contains(Kind)) return [];
            var current = Current;
            if (Kind == Years) return Claims.Where(c => c.Value != current.Value);
            var later = Claims.Where(c => c.Value >= LeastWave && (Kind is not ("messages" or "users") || c.Value >= current.Value * LeastShare) && c.Value < current.Value && c.First >= current.First + Wave).OrderBy(c => c.First).ToList();
            return later.Where(c => !later.Exists(o => o.Value > c.Value && o.First < c.First && o.First >= c.First - Wave));
        }
    }

    /// <summary>Whether it is too small to be of the network, and so of somebody who used it.</summary>
    public bool IsTrifling => Current.Value < Least.GetValueOrDefault(Kind);

    /// <summary>Whether it is worth an update of its own.</summary>
    public bool IsNews => Current.Value >= LeastNews.GetValueOrDefault(Kind);

    /// <summary>
    /// Whether it counts all and comes to less than what another counts of one country in the same days: "three held", by a paper that
    /// tells of its own town. What several outlets give, or an official body, is believed.
    /// </summary>
    public bool IsLessThanPart(FigureEntry other) =>
        SameFigure.IsWhole(Scope) && !SameFigure.IsWhole(other.Scope) && Current is { OfficialAt: null, Outlets.Count: 1 } current && other.Current.Value > current.Value
        && current.IsInDaysOf(other.Current);

    /// <summary>The entry without what says nothing beside the values of others; null where nothing is left.</summary>
    public FigureEntry? Beside(IReadOnlyCollection<FigureEntry> others)
    {
        var left = this;
        while (left.Current is var current && others.Any(o => o.Counts(this) && (o.Claims.Any(current.IsNothingBeside) || (left.Claims.Count > 1 && IsTotalOf(current, o)))))
        {
            left = left with { Claims = [.. left.Claims.Where(c => c.Value != current.Value)] };
            if (left.Claims.Count == 0) return null;
        }

        return left;
    }

    // "Two held in Belgium. In all there are 45": the total, which others put to the whole, is not Belgium's.
    private bool IsTotalOf(Claim claim, FigureEntry other) => !SameFigure.IsWhole(Scope) && SameFigure.IsWhole(other.Scope)
        && other.Claims.Any(c => c.Value == claim.Value && c.IsInDaysOf(claim) && c.IsSurerThan(claim) && SameFigure.Is(Kind, c.Value, Scope, other.Scope, inDays: true));

    public FigureEntry With(decimal value, Voice voice, bool isRough = false, bool isHearsay = false)
    {
        var claims = Claims.ToList(); // in the order of their values
        var at = claims.FindIndex(c => c.Value >= value) is var first and >= 0 ? first : claims.Count;
        if (at < claims.Count && claims[at].Value == value) claims[at] = claims[at].Also(voice, isRough, isHearsay);
        else claims.Insert(at, Claim.By(value, voice, isRough, isHearsay));
        return this with { Claims = claims.Count <= MostClaims ? claims : [.. claims.Where(c => c.OfficialAt is not null).TakeLast(MostOfficial).Union(claims.TakeLast(MostClaims)).OrderBy(c => c.Value)] };
    }

    public bool Counts(Figure figure) => (Kind, Unit, Scope, What) == (figure.Kind, figure.Unit, figure.Scope, figure.What);

    public bool Counts(FigureEntry other) => (Kind, Unit, What) == (other.Kind, other.Unit, other.What);

    public Figure ToFigure(Claim claim) => new() { Kind = Kind, Unit = Unit, Scope = Scope, What = What, Value = claim.Value };

    private Claim Standing()
    {
        var greatest = Claims.Where(c => !IsOutvoted(c) && !IsRounding(c)).MaxBy(c => c.Value)!;
        var official = Claims.Where(c => c.OfficialAt is not null && c.Value >= greatest.Value * Narrower).OrderBy(c => c.OfficialAt).ThenBy(c => c.Value).LastOrDefault();
        return official is null || (greatest.Value > official.Value && greatest.First > official.OfficialAt) ? greatest : official;
    }

    private bool IsOutvoted(Claim claim) => claim.OfficialAt is null && claim.Outlets.Count == 1
        && Claims.Any(c => !c.IsRough && c.Value < claim.Value && c.Value >= claim.Value * Narrower && c.Outlets.Count >= Outvoting && c.Last > claim.First);

    private bool IsRounding(Claim claim) => claim.IsRough && Claims.Any(c => !c.IsRough && Math.Abs(c.Value - claim.Value) <= c.Value * Rounding);
}
