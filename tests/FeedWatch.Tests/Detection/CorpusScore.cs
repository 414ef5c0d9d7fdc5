using System.Globalization;
using FeedWatch.Detection;

namespace FeedWatch.Tests.Detection;

/// <summary>How well verdicts agree with the labels, by the rules the project is measured with.</summary>
internal sealed class CorpusScore
{
    // A single person is told of in too many ways to score.
    private static readonly HashSet<string> PersonKinds = new(StringComparer.Ordinal) { "arrests", "convictions", "suspects", "charges" };

    private readonly Tally events = new();
    private readonly Tally takedowns = new();
    private readonly Tally networks = new();
    private readonly Tally figures = new();
    private readonly Tally strictFigures = new();
    private int rightLabels;
    private int alerts;
    private int provenAlerts;

    public double EventPrecision => events.Precision;

    public double EventRecall => events.Recall;

    public double EventF1 => events.F1;

    public double TakedownPrecision => takedowns.Precision;

    public double TakedownRecall => takedowns.Recall;

    /// <summary>Share of the events that were told to be the right one of takedown and follow-up.</summary>
    public double LabelShare => events.Gold == 0 ? 1 : (double)rightLabels / events.Gold;

    /// <summary>Canonical names over all events.</summary>
    public double NetworksF1 => networks.F1;

    /// <summary>Kind and value over all events.</summary>
    public double FiguresF1 => figures.F1;

    /// <summary>Kind, value, unit and scope over all events.</summary>
    public double FiguresStrict => strictFigures.F1;

    /// <summary>Share of the alerts with evidence, every piece of which stands where it says.</summary>
    public double EvidenceShare => alerts == 0 ? 1 : (double)provenAlerts / alerts;

    public static CorpusScore Of(IEnumerable<CorpusItem> items, TakedownDetector detector)
    {
        var score = new CorpusScore();
        foreach (var item in items)
            score.Add(item, detector.Examine(item.Article));
        return score;
    }

    public void Add(CorpusItem item, Verdict verdict)
    {
        events.Count(item.IsEvent, verdict.Alert);
        takedowns.Count(item.Label == Label.Takedown, verdict.Label == Label.Takedown);
        if (verdict.Alert)
        {
            alerts++;
            provenAlerts += verdict.Evidence.Count > 0 && verdict.Evidence.All(evidence => StandsIn(item.Article, evidence)) ? 1 : 0;
        }

        if (!item.IsEvent)
            return;
        rightLabels += item.Label == verdict.Label ? 1 : 0;
        var (gold, said) = (item.Networks.Select(Plain).ToHashSet(), verdict.Networks.Select(network => Plain(network.Name)).ToHashSet());
        networks.Match(gold.Intersect(said).Count(), said.Count, gold.Count);
        AddFigures(item, verdict);
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"events P {EventPrecision:0.000} R {EventRecall:0.000}  takedowns P {TakedownPrecision:0.000} R {TakedownRecall:0.000}  label {LabelShare:0.000}  networks {NetworksF1:0.000}  figures {FiguresF1:0.000} strict {FiguresStrict:0.000}  evidence {EvidenceShare:0.000}");

    public static bool StandsIn(ArticleText article, Evidence evidence)
    {
        var field = evidence.Field switch { TextField.Title => article.Title, TextField.Summary => article.Summary, _ => article.Content };
        return evidence.Length > 0 && evidence.Start >= 0 && evidence.Start + evidence.Length <= field.Length &&
            string.CompareOrdinal(field, evidence.Start, evidence.Text, 0, evidence.Length) == 0 && evidence.Text.Length == evidence.Length;
    }

    private void AddFigures(CorpusItem item, Verdict verdict)
    {
        var gold = item.Figures.Where(figure => !IsOnePerson(figure)).ToList();
        var said = verdict.Figures.Select(figure => new CorpusFigure(figure.Kind, (double)figure.Value, figure.Unit, figure.Scope)).Where(figure => !IsOnePerson(figure)).ToList();
        figures.Match(Matched(gold, said, (_, _) => true), said.Count, gold.Count);
        strictFigures.Match(Matched(gold, said, (want, have) => IsOrAny(want.Unit, have.Unit) && IsOrAny(want.Scope, have.Scope)), said.Count, gold.Count);
    }

    private static int Matched(List<CorpusFigure> gold, List<CorpusFigure> said, Func<CorpusFigure, CorpusFigure, bool> agrees)
    {
        var left = said.ToList();
        return gold.Count(want => left.Find(have => have.Kind == want.Kind && have.Value.Equals(want.Value) && agrees(want, have)) is { } hit && left.Remove(hit));
    }

    private static bool IsOrAny(string want, string have) => want.Length == 0 || want.Equals(have, StringComparison.OrdinalIgnoreCase);

    private static bool IsOnePerson(CorpusFigure figure) => figure.Value.Equals(1) && PersonKinds.Contains(figure.Kind);

    private static string Plain(string name) => string.Concat(name.ToLowerInvariant().Where(c => !char.IsWhiteSpace(c) && c is not ('-' or '.' or '_')));

    /// <summary>Right, too many, missed.</summary>
    private sealed class Tally
    {
        private int right;
        private int said;

        public int Gold { get; private set; }

        public double Precision => said == 0 ? 1 : (double)right / said;

        public double Recall => Gold == 0 ? 1 : (double)right / Gold;

        public double F1 => Precision + Recall == 0 ? 0 : 2 * Precision * Recall / (Precision + Recall);

        public void Count(bool isGold, bool isSaid) => Match(isGold && isSaid ? 1 : 0, isSaid ? 1 : 0, isGold ? 1 : 0);

        public void Match(int both, int saidHere, int goldHere)
        {
            right += both;
            said += saidHere;
            Gold += goldHere;
        }
    }
}
