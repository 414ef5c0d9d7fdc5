using System.Globalization;
using FeedWatch.Contracts;

namespace FeedWatch.Incidents.Facts;

/// <summary>Something that is news once. The key says what it is now, not what it was: another order of arrival must not make it another fact.</summary>
/// <param name="IsWave">Whether it counts another round, and so changes no figure that was told.</param>
internal sealed record Fact(string Key, Change Change, bool IsWave = false)
{
    private const string FigureKind = "figure";

    public static Fact Of(string kind, string value) => new($"{kind}={value}", new Change { Kind = kind, Value = value });

    public static Fact Of(Figure figure, bool isWave) => new(KeyOf(figure, figure.Scope), new Change { Kind = FigureKind, Figure = figure }, isWave);

    /// <summary>A happening, which may come again: told once in the days around it.</summary>
    public static Fact Of(Happening happening) => new(happening.Key, new Change { Kind = happening.Kind, Value = happening.What });

    /// <summary>Whether it was told, be it without its place or under another one that must be the same.</summary>
    public bool IsIn(IReadOnlySet<string> told)
    {
        if (told.Contains(Key)) return true;
        if (Change.Figure is not { } figure) return false;
        var (start, end) = (Prefix(figure), Suffix(figure));
        return told.Any(k => k.StartsWith(start, StringComparison.Ordinal) && k.EndsWith(end, StringComparison.Ordinal)
            && k[start.Length..^end.Length] is var scope && (figure.Scope.Length == 0 || scope.Length == 0 || SameFigure.Is(figure.Kind, figure.Value, figure.Scope, scope, inDays: false)));
    }

    /// <summary>The same, with the value that was last told for the figure.</summary>
    public Change Since(IReadOnlyCollection<string> told)
    {
        if (Change.Figure is not { } figure || IsWave) return Change;
        var start = $"{Prefix(figure)}{figure.Scope}=";
        var before = told.LastOrDefault(k => k.StartsWith(start, StringComparison.Ordinal)) ?? told.LastOrDefault(k => k.StartsWith($"{Prefix(figure)}=", StringComparison.Ordinal));
        return before is null ? Change : Change with { Before = decimal.Parse(before[(before.LastIndexOf('=') + 1)..], CultureInfo.InvariantCulture) };
    }

    private static string KeyOf(Figure figure, string scope) => $"{Prefix(figure)}{scope}{Suffix(figure)}";

    private static string Prefix(Figure figure) => $"{figure.Kind}/{figure.Unit}/{figure.What}/";

    private static string Suffix(Figure figure) => string.Create(CultureInfo.InvariantCulture, $"={figure.Value:0.############}");
}
