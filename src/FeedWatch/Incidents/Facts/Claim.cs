using System.Globalization;

namespace FeedWatch.Incidents.Facts;

/// <summary>A value that somebody gave for a figure, and who gave it.</summary>
internal sealed record Claim
{
    private const int MostOutlets = 12;

    /// <summary>Values further apart in time than this are of two rounds, and say nothing of each other.</summary>
    private static readonly TimeSpan SameRound = TimeSpan.FromDays(14);

    /// <summary>What the press says differs from what the police say by no more than this, or it is of something else.</summary>
    private const decimal Disputed = 2;

    /// <summary>From so many on one wrong digit is no growth.</summary>
    private const decimal LeastMisprint = 1_000;

    public required decimal Value { get; init; }

    /// <summary>The earliest report that gives it.</summary>
    public required DateTimeOffset First { get; init; }

    /// <summary>The latest report that gives it.</summary>
    public required DateTimeOffset Last { get; init; }

    /// <summary>When a police force, a prosecutor or a court last gave it itself; null where only the press does.</summary>
    public DateTimeOffset? OfficialAt { get; init; }

    /// <summary>Who gives it, in the order of the alphabet; the first twelve.</summary>
    public IReadOnlyList<string> Outlets { get; init; } = [];

    /// <summary>Whether all who give it say that it is rounded.</summary>
    public bool IsRough { get; init; }

    /// <summary>Whether all who give it say that they have it from the press.</summary>
    public bool IsHearsay { get; init; }

    public static Claim By(decimal value, Voice voice, bool isRough = false, bool isHearsay = false) => new()
    {
        Value = value,
        IsRough = isRough,
        IsHearsay = isHearsay,
        First = voice.At,
        Last = voice.At,
        OfficialAt = voice.Official ? voice.At : null,
        Outlets = [voice.Outlet],
    };

    /// <summary>Given by one more; in whatever order they come, the outcome is the same.</summary>
    public Claim Also(Voice voice, bool isRough = false, bool isHearsay = false) => And(By(Value, voice, isRough, isHearsay));

    /// <summary>The same value, given here and there.</summary>
    public Claim And(Claim other) => this with
    {
        IsRough = IsRough && other.IsRough,
        IsHearsay = IsHearsay && other.IsHearsay,
        First = other.First < First ? other.First : First,
        Last = other.Last > Last ? other.Last : Last,
        OfficialAt = OfficialAt is null || other.OfficialAt > OfficialAt ? other.OfficialAt ?? OfficialAt : OfficialAt,
        Outlets = other.Outlets.All(Outlets.Contains) ? Outlets : [.. Outlets.Union(other.Outlets, StringComparer.Ordinal).Order(StringComparer.Ordinal).Take(MostOutlets)],
    };

    /// <summary>Whether it says nothing beside another value of the same figure: what papers are said to write where the police have counted, or a misprint.</summary>
    public bool IsNothingBeside(Claim other) => other.Value != Value && IsInDaysOf(other) && (IsDisputing(other) || IsMisprintOf(other));

    /// <summary>Whether both were given in the same days.</summary>
    public bool IsInDaysOf(Claim other) => other.First <= Last + SameRound && other.Last >= First - SameRound;

    /// <summary>Whether there is more behind it than behind another: an official body, more outlets, else the earlier report.</summary>
    public bool IsSurerThan(Claim other) => other.OfficialAt is null
        && (OfficialAt is not null || Outlets.Count > other.Outlets.Count || (Outlets.Count == other.Outlets.Count && First < other.First));

    private bool IsDisputing(Claim other) => IsHearsay && !other.IsHearsay && other.Value <= Value * Disputed && other.Value * Disputed >= Value;

    // 6,658 beside 6,558: a figure that grows changes its last digits.
    private bool IsMisprintOf(Claim other) => Value >= LeastMisprint && Value % 10 != 0 && Value % 10 == other.Value % 10
        && other.IsSurerThan(this)
        && Digits(Value) is var mine && Digits(other.Value) is var others && mine.Length == others.Length && mine.Zip(others).Count(d => d.First != d.Second) == 1;

    private static string Digits(decimal value) => value.ToString("0", CultureInfo.InvariantCulture);
}

/// <summary>Who says something, and when.</summary>
/// <param name="Official">Whether it is a police force, a prosecutor or a court itself.</param>
internal readonly record struct Voice(string Outlet, DateTimeOffset At, bool Official);
