using System.Globalization;
using FeedWatch.Contracts;

namespace FeedWatch.Chat.Wording;

/// <summary>Figures as people read them: "arrests", "800 worldwide · 49 Netherlands".</summary>
internal static class FigureWords
{
    /// <summary>Never in text from a feed: <see cref="PlainText"/> makes it a plain space.</summary>
    public const char NonBreaking = '\u00A0';

    private const int MostKinds = 20;
    private const int MostOfAKind = 8;

    /// <summary>What people ask first comes first; kinds that this version does not know come last.</summary>
    private static readonly string[] Order =
    [
        "arrests", "suspects", "charges", "convictions", "years", "searches", "users", "devices", "messages", "servers",
        "organisations", "countries", "drugs", "labs", "cash", "weapons", "vehicles",
    ];

    /// <summary>One line for each kind: its label and its values, the widest scope first.</summary>
    public static IReadOnlyList<(string Label, string Values)> Lines(IReadOnlyList<Figure> figures)
    {
        var kinds = figures.GroupBy(f => f.Kind).OrderBy(kind => Rank(kind.Key)).ToList();
        var lines = kinds.Take(MostKinds).Select(kind => (Label(kind.Key), Values([.. kind]))).ToList();
        if (kinds.Count > MostKinds) lines.Add(("more", $"{kinds.Skip(MostKinds).Sum(kind => kind.Count())} in the report"));
        return lines;
    }

    public static string Label(string kind) => kind == "years" ? "prison years" : PlainText.Of(kind, 30);

    /// <summary>What a figure is about besides its kind: "cocaine worldwide"; empty where that is all that is known.</summary>
    public static string About(Figure figure) => Words(figure.What, Scope(figure.Scope));

    /// <summary>"8,000 kg".</summary>
    public static string Amount(decimal value, string unit) => Words(Number(value), unit);

    private static string Values(IReadOnlyList<Figure> figures)
    {
        var values = figures.OrderBy(f => ScopeRank(f.Scope)).ThenByDescending(f => f.Value).Select(Value).Take(MostOfAKind).ToList();
        if (figures.Count > MostOfAKind) values.Add($"{figures.Count - MostOfAKind}{NonBreaking}more");
        return string.Join(" · ", values);
    }

    /// <summary>"8,000 kg cocaine worldwide", its spaces non-breaking so that no number parts from what it counts.</summary>
    private static string Value(Figure figure) => Words(Number(figure.Value), figure.Unit, figure.What, Scope(figure.Scope)).Replace(' ', NonBreaking);

    private static string Number(decimal value) => value.ToString("#,0.###", CultureInfo.InvariantCulture);

    private static string Scope(string scope) => scope switch
    {
        "world" => "worldwide",
        "EU" => "in the EU",
        _ => Names.Country(scope),
    };

    private static string Words(params string[] words) =>
        string.Join(' ', words.Select(w => PlainText.Of(w, 40)).Where(w => w.Length > 0));

    private static int ScopeRank(string scope) => scope switch { "world" => 0, "EU" => 1, "" => 2, _ => 3 };

    private static int Rank(string kind) => Array.IndexOf(Order, kind) is >= 0 and var place ? place : Order.Length;
}
