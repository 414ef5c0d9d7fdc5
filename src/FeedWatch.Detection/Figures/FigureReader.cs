using FeedWatch.Detection.Lexicons;
using FeedWatch.Detection.Matching;
using FeedWatch.Detection.Reading;

namespace FeedWatch.Detection.Figures;

/// <summary>Reads the figures of the event: what each number counts, in which unit, and of which country it is said.</summary>
internal sealed class FigureReader
{
    // Where "$" is no US dollar.
    private static readonly Dictionary<string, string> LocalDollars = new(StringComparer.Ordinal) { ["AU"] = "AUD", ["NZ"] = "NZD" };

    private readonly Findings findings;
    private readonly NumberReader numbers;
    private readonly FigureScope scope;
    private readonly Sums sums;
    private readonly HashSet<string> about;
    private readonly List<(Figure Figure, int Sureness)> figures = [];
    private string? before;

    private FigureReader(Findings findings, Lexicon lexicon, Languages languages, IEnumerable<NetworkMention> networks)
    {
        this.findings = findings;
        numbers = new NumberReader(findings.Document, lexicon, languages);
        scope = new FigureScope(findings, lexicon, languages);
        sums = new Sums(findings);
        about = networks.Where(network => network.About).Select(network => network.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    public static IReadOnlyList<Figure> Read(Findings findings, Lexicon lexicon, Languages languages, IEnumerable<NetworkMention> networks)
    {
        var reader = new FigureReader(findings, lexicon, languages, networks);
        for (var sentence = 0; sentence < findings.Sentences; sentence++)
            reader.ReadSentence(sentence);
        return [.. reader.figures
            .GroupBy(entry => (entry.Figure.Kind, entry.Figure.Value, entry.Figure.Unit))
            .Select(group => group.MaxBy(entry => entry.Sureness).Figure with { What = group.Select(entry => entry.Figure.What).FirstOrDefault(what => what.Length > 0, "") })];
    }

    private void ReadSentence(int sentence)
    {
        var all = numbers.In(findings.Document.Sentences[sentence]);
        if (all.Count == 0)
            return;
        var counting = new Counting(findings, sentence, all);
        for (var i = 0; i < all.Count; i++)
        {
            var number = all[i];
            if (sums.Of(number, sentence, all, i) is { } sum)
            {
                Add(sum.Kind, number, sum.Value, sum.Unit, sum.What, sentence, all);
                before = sum.Kind;
            }
            else if (!sums.IsMeasured(number, sentence) && counting.KindOf(i, before) is { } kind)
            {
                if (number.Value > 0 && number.Value == decimal.Truncate(number.Value))
                    Add(kind, number, number.Value, "", "", sentence, all);
                before = kind == "countries" ? before : kind;
            }
        }
    }

    private void Add(string kind, NumberMention number, decimal value, string unit, string what, int sentence, List<NumberMention> all)
    {
        if (IsOfAnother(number, sentence))
            return;
        var (where, sureness) = scope.Of(number, kind, sentence, all);
        if (unit == Sums.Dollar)
            unit = LocalDollars.GetValueOrDefault(where) ?? LocalDollars.GetValueOrDefault(scope.Home) ?? "USD";
        var quote = findings.Document.Quote(number.Start, number.End);

        // the division drops trailing zeros: 2300000, not 2300000.0
        figures.Add((new(kind, value / 1.0000000000000000m, unit, where, what, quote.Field, quote.Start, quote.Length), sureness));
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
}
