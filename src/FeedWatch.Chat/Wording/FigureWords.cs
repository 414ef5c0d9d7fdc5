using FeedWatch.Contracts;

namespace FeedWatch.Chat.Wording;

/// <summary>Figures as people read them: "arrests", "800 worldwide · 49 Netherlands".</summary>
internal sealed class FigureWords(Words words)
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
    public IReadOnlyList<(string Label, string Values)> Lines(IReadOnlyList<Figure> figures)
    {
        var kinds = figures.GroupBy(f => f.Kind).OrderBy(kind => Rank(kind.Key)).ToList();
        var lines = kinds.Take(MostKinds).Select(kind => (Label(kind.Key), Values([.. kind]))).ToList();
        if (kinds.Count > MostKinds) lines.Add((words["figures.more"], words.Count("figures.in-report", kinds.Skip(MostKinds).Sum(kind => kind.Count()))));
        return lines;
    }

    public string Label(string kind) => words.Find($"figure.{kind}") ?? PlainText.Of(kind, 30);

    /// <summary>What a figure is about besides its kind: "cocaine worldwide"; empty where that is all that is known.</summary>
    public string About(Figure figure) => Joined(What(figure.What), Scope(figure.Scope));

    /// <summary>"8,000 kg".</summary>
    public string Amount(decimal value, string unit) => Joined(words.Number(value), Plain(unit));

    private string Values(IReadOnlyList<Figure> figures)
    {
        var values = figures.OrderBy(f => ScopeRank(f.Scope)).ThenByDescending(f => f.Value).Select(Value).Take(MostOfAKind).ToList();
        if (figures.Count > MostOfAKind) values.Add(Unbroken(words.Count("list.more", figures.Count - MostOfAKind)));
        return string.Join(" · ", values);
    }

    /// <summary>"8,000 kg cocaine worldwide".</summary>
    private string Value(Figure figure) => Unbroken(Joined(Amount(figure.Value, figure.Unit), About(figure)));

    /// <summary>Its spaces do not break, so that no number parts from what it counts.</summary>
    private static string Unbroken(string text) => text.Replace(' ', NonBreaking);

    private string What(string what) => words.Find($"what.{what.Replace(' ', '-')}") ?? Plain(what);

    private string Scope(string scope) => scope switch
    {
        "world" => words["scope.world"],
        "EU" => words["scope.eu"],
        _ => words.Country(scope),
    };

    private static string Plain(string text) => PlainText.Of(text, 40);

    private static string Joined(params string[] parts) => string.Join(' ', parts.Where(p => p.Length > 0));

    private static int ScopeRank(string scope) => scope switch { "world" => 0, "EU" => 1, "" => 2, _ => 3 };

    private static int Rank(string kind) => Array.IndexOf(Order, kind) is >= 0 and var place ? place : Order.Length;
}
