using FeedWatch.Detection.Lexicons;
using FeedWatch.Detection.Matching;
using FeedWatch.Detection.Reading;

namespace FeedWatch.Detection.Figures;

/// <summary>Reads the figures of the event: what each number counts, in which unit, and of which country it is said.</summary>
internal sealed class FigureReader
{
    // Where "$" is no US dollar.
    private static readonly Dictionary<string, string> LocalDollars = new(StringComparer.Ordinal) { ["AU"] = "AUD", ["NZ"] = "NZD" };

    private const decimal Half = 0.5m;
    private const decimal MonthsOfYear = 12;

    /// <summary>Characters between two numbers of one row.</summary>
    private const int Close = 60;

    /// <summary>"Four years and a half": words from a number to its half.</summary>
    private const int ReachOfHalf = 3;

    private readonly Findings findings;
    private readonly NumberReader numbers;
    private readonly FigureScope scope;
    private readonly Sums sums;
    private readonly HashSet<string> about;
    private readonly List<(Figure Figure, int Sureness)> figures = [];
    private readonly List<Figure> denied = [];
    private readonly Saying saying;
    private string? before;

    private FigureReader(Findings findings, Lexicon lexicon, Languages languages, IEnumerable<NetworkMention> networks)
    {
        this.findings = findings;
        numbers = new NumberReader(findings.Document, lexicon, languages);
        scope = new FigureScope(findings, lexicon, languages, sentence => numbers.In(findings.Document.Sentences[sentence]));
        sums = new Sums(findings, lexicon);
        saying = new Saying(findings, lexicon, languages);
        about = networks.Where(network => network.About).Select(network => network.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The figures, and those that the text says are wrong.</summary>
    public static (IReadOnlyList<Figure> Figures, IReadOnlyList<Figure> Denied) Read(Findings findings, Lexicon lexicon, Languages languages, IEnumerable<NetworkMention> networks)
    {
        var reader = new FigureReader(findings, lexicon, languages, networks);
        for (var sentence = 0; sentence < findings.Sentences; sentence++)
            reader.ReadSentence(sentence);
        if (Saying.IsCorrection(findings)) reader.TakeBack();
        return (
            [.. reader.figures.Where(entry => !reader.denied.Exists(wrong => (wrong.Kind, wrong.Value, wrong.Unit) == (entry.Figure.Kind, entry.Figure.Value, entry.Figure.Unit)))
                .GroupBy(entry => (entry.Figure.Kind, entry.Figure.Value, entry.Figure.Unit))
                .SelectMany(group => Said(group.ToList()).Select(figure => figure with
                {
                    What = group.Select(entry => entry.Figure.What).FirstOrDefault(what => what.Length > 0, ""),
                    IsRough = group.All(entry => entry.Figure.IsRough),
                    IsHearsay = group.Any(entry => entry.Figure.IsHearsay),
                    IsSought = group.Any(entry => entry.Figure.IsSought),
                }))],
            reader.denied);
    }

    // The same number twice is one figure, but in "one in Canada and one in Italy", where each stands close to the other and beside its own place.
    private static IEnumerable<Figure> Said(List<(Figure Figure, int Sureness)> same)
    {
        var (best, sureness) = same.MaxBy(entry => entry.Sureness);
        return sureness < FigureScope.Sure ? [best] : same.Where(entry => entry.Sureness == FigureScope.Sure && entry.Figure.Field == best.Field && Math.Abs(entry.Figure.Start - best.Start) < Close)
            .Select(entry => entry.Figure).DistinctBy(figure => figure.Scope);
    }

    private void ReadSentence(int sentence)
    {
        var all = numbers.In(findings.Document.Sentences[sentence]);
        if (all.Count == 0)
            return;
        var read = Count(all, sentence);
        for (var i = 0; i < all.Count; i++)
        {
            // "39, not 41 held": what one of the two counts, the other does too.
            if (saying.IsDenied(all, i, findings.Document.Sentences[sentence]) is not { } right || (read[right] ?? read[i] ?? Before(all[right].Value)) is not { } counted || read[i] is { } own && own.Kind != counted.Kind)
                continue;
            if (all[read[right] is null && read[i] is not null ? i : right].Value is not (> 0 and var count))
                continue;
            var size = counted.Value / count;
            denied.Add(Of(counted.Kind, all[i], all[i].Value * size, counted.Unit, counted.What, ""));
            read[right] ??= counted with { Value = all[right].Value * size };
            read[i] = null;
        }

        Correct(all, read);
        for (var i = 0; i < all.Count; i++)
        {
            if (read[i] is { } counted)
                Add(counted, all[i], sentence, all);
        }
    }

    // "155 were arrested. The figure was adjusted to 148": the one counts what the other did, which was wrong.
    private void Correct(List<NumberMention> all, Counted?[] read)
    {
        for (var i = 0; i < all.Count; i++)
        {
            var last = i > 0 && read[i - 1] is { } own ? Of(own.Kind, all[i - 1], own.Value, own.Unit, own.What, "") : figures.Count > 0 ? figures[^1].Figure : null;
            if (last is null || !saying.IsCorrected(all, i) || read[i] is { } other && other.Kind != last.Kind || all[i].Value <= 0 || all[i].IsYear)
                continue;
            var right = read[i] ??= new(last.Kind, all[i].Value, last.Unit, last.What);
            if (right.Value != last.Value) denied.Add(last with { Scope = "" });
        }
    }

    // "Correction: seven held. We wrote of eleven": the one of the headline is right, else the one that is given last.
    private void TakeBack()
    {
        var told = figures.Select(entry => entry.Figure).Where(figure => figure.Field != TextField.Content && figure.Kind != "countries").GroupBy(figure => (figure.Kind, figure.Unit)).ToList();
        foreach (var same in told.Where(same => !denied.Exists(wrong => (wrong.Kind, wrong.Unit) == same.Key))) // else it says itself which
        {
            var titled = same.Where(figure => figure.Field == TextField.Title).Select(figure => figure.Value).Distinct().ToList();
            var right = titled is [var one] ? one : same.Last().Value;
            denied.AddRange(same.Where(figure => figure.Value != right).Select(figure => figure with { Scope = "" }));
        }
    }

    // "947 phones found. It is 947, not 974": the right one was counted before.
    private Counted? Before(decimal value) =>
        figures.Select(entry => entry.Figure).LastOrDefault(figure => figure.Value == value && figure.Unit.Length == 0) is { } figure ? new(figure.Kind, value, "", figure.What) : null;

    // What each number of a sentence counts.
    private Counted?[] Count(List<NumberMention> all, int sentence)
    {
        var counting = new Counting(findings, sentence, all);
        var read = new Counted?[all.Count];
        for (var i = 0; i < all.Count; i++)
        {
            var number = all[i];
            if (sums.Of(number, sentence, all, i, i > 0 ? read[i - 1]?.Kind : null) is { } sum)
            {
                read[i] = new(sum.Kind, sum.Value, sum.Unit, sum.What);
                before = sum.Kind;
            }
            else if (!sums.IsMeasured(number, sentence) && (counting.KindOf(i, before) ?? OfHalf(counting, all, i)) is { } kind)
            {
                var value = kind != Candidate.Years ? number.Value : counting.IsInMonths(i) ? InYears(number.Value) : number.Value + (IsAndHalf(all, i) ? Half : IsAndMonths(counting, all, i) ? InYears(all[i + 1].Value) : 0);
                if (value > 0 && (value == decimal.Truncate(value) || kind == Candidate.Years))
                    read[i] = new(kind, value, "", "");
                before = kind == "countries" ? before : kind;
            }

            if (read[i]?.Kind == Candidate.Years && (IsAndHalf(all, i) || IsAndMonths(counting, all, i)))
                i++;
        }

        return read;
    }

    // "Four and a half years", "quatre ans et demi"
    private bool IsAndHalf(List<NumberMention> all, int i) => GoesOn(all, i) && all[i + 1].Value == Half && all[i].Value == decimal.Truncate(all[i].Value);

    // "Nine years and four months"
    private bool IsAndMonths(Counting counting, List<NumberMention> all, int i) => GoesOn(all, i)
        && !counting.IsInMonths(i) && counting.IsInMonths(i + 1) && all[i + 1].Value is > 0 and < MonthsOfYear;

    private bool GoesOn(List<NumberMention> all, int i) => i + 1 < all.Count
        && all[i + 1].FirstWord - all[i].LastWord <= ReachOfHalf && findings.Document.Text[all[i].End..all[i + 1].Start].IndexOfAny(",;:–—") < 0;

    private static decimal InYears(decimal months) => Math.Round(months / MonthsOfYear, 2);

    private string? OfHalf(Counting counting, List<NumberMention> all, int i) => IsAndHalf(all, i) && counting.KindOf(i + 1, before) is Candidate.Years ? Candidate.Years : null;

    private void Add(Counted counted, NumberMention number, int sentence, List<NumberMention> all)
    {
        if (IsOfAnother(number, sentence))
            return;
        var (where, sureness) = scope.Of(number, counted.Kind, sentence, all);
        var unit = counted.Unit == Sums.Dollar ? LocalDollars.GetValueOrDefault(where) ?? LocalDollars.GetValueOrDefault(scope.Home) ?? "USD" : counted.Unit;
        if (Plausible.Is(counted.Kind, counted.Value, unit))
            figures.Add((Of(counted.Kind, number, counted.Value, unit, counted.What, where), sureness));
    }

    private Figure Of(string kind, NumberMention number, decimal value, string unit, string what, string where)
    {
        var quote = findings.Document.Quote(number.Start, number.End);

        // the division drops trailing zeros: 2300000, not 2300000.0
        return new(kind, value / 1.0000000000000000m, unit, where, what, quote.Field, quote.Start, quote.Length) { IsRough = saying.IsRough(number), IsHearsay = saying.IsHearsay(number), IsSought = kind == Candidate.Years && saying.IsSought(number) };
    }

    // "EncroChat, which had 60,000 users" in a report about another network.
    private bool IsOfAnother(NumberMention number, int sentence)
    {
        Hit? nearest = null;
        foreach (var hit in findings.In(sentence, Concept.Network).OrderBy(hit => hit.Start))
        {
            if (hit.LastWord < number.FirstWord || nearest is null)
                nearest = hit;
        }

        return nearest is not null && !about.Contains(nearest.Term.Name) &&
            (nearest.LastWord < number.FirstWord || findings.In(sentence, Concept.Network).All(hit => !about.Contains(hit.Term.Name)));
    }

    /// <summary>What a number counts, and how much in its unit.</summary>
    private readonly record struct Counted(string Kind, decimal Value, string Unit, string What);
}
