namespace FeedWatch.Incidents.Facts;

/// <summary>A value that somebody gave for a figure, and who gave it.</summary>
internal sealed record Claim
{
    private const int MostOutlets = 12;

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

    public static Claim By(decimal value, Voice voice, bool isRough = false) => new()
    {
        Value = value,
        IsRough = isRough,
        First = voice.At,
        Last = voice.At,
        OfficialAt = voice.Official ? voice.At : null,
        Outlets = [voice.Outlet],
    };

    /// <summary>Given by one more; in whatever order they come, the outcome is the same.</summary>
    public Claim Also(Voice voice, bool isRough = false) => this with
    {
        IsRough = IsRough && isRough,
        First = voice.At < First ? voice.At : First,
        Last = voice.At > Last ? voice.At : Last,
        OfficialAt = voice.Official && (OfficialAt is null || voice.At > OfficialAt) ? voice.At : OfficialAt,
        Outlets = Outlets.Contains(voice.Outlet) ? Outlets : [.. Outlets.Append(voice.Outlet).Order(StringComparer.Ordinal).Take(MostOutlets)],
    };
}

/// <summary>Who says something, and when.</summary>
/// <param name="Official">Whether it is a police force, a prosecutor or a court itself.</param>
internal readonly record struct Voice(string Outlet, DateTimeOffset At, bool Official);
