using FeedWatch.Detection.Figures;
using FeedWatch.Detection.Lexicons;
using FeedWatch.Detection.Matching;
using FeedWatch.Detection.Reading;
using FeedWatch.Detection.Scoring;
using FeedWatch.Detection.Text;

namespace FeedWatch.Detection;

/// <summary>Reads an article and says whether it reports the takedown of an encrypted-phone network, or what came of one.</summary>
public sealed class TakedownDetector
{
    /// <summary>Score from which an article counts as an event, whatever the alert threshold.</summary>
    private const double EventScore = 0.5;

    /// <summary>An article that names so many networks may tell of all of them.</summary>
    private const int ManyNetworks = 4;

    // What police and courts did.
    private static readonly Concept[] Deed =
        [Concept.Takedown, Concept.Infiltration, Concept.Arrest, Concept.Search, Concept.Seizure, Concept.Charge, Concept.Conviction, Concept.Court];

    private delegate Opening Look(ReadOnlySpan<char> text);

    [ThreadStatic]
    private static PlainText? gateText;

    private readonly DetectorOptions options;
    private readonly Lexicon lexicon;
    private readonly Model isEvent;
    private readonly Model isNamelessEvent;
    private readonly Model isTakedown;
    private readonly Model isNamelessTakedown;
    private readonly Look whole;
    private readonly Look blow;
    private readonly Look authority;
    private readonly Verdict nothing;
    private readonly IReadOnlyDictionary<string, double> weights;
    private readonly LearntNames learnt;

    private TakedownDetector(Lexicon lexicon, IReadOnlyDictionary<string, double> weights, DetectorOptions options, LearntNames learnt)
    {
        this.lexicon = lexicon;
        this.weights = weights;
        this.learnt = learnt;
        this.options = options;
        isEvent = new Model(Model.Event, weights);
        isNamelessEvent = new Model(Model.Nameless, weights) is { IsFitted: true } nameless ? nameless : isEvent;
        isTakedown = new Model(Model.Takedown, weights);
        isNamelessTakedown = new Model(Model.NamelessTakedown, weights) is { IsFitted: true } namelessTakedown ? namelessTakedown : isTakedown;
        whole = lexicon.Scanner.Look;
        blow = lexicon.Scanner.LookForBlow;
        authority = lexicon.Scanner.LookForAuthority;
        nothing = new(Label.Unrelated, 0, false, false, [], [], [], [], [], [], [Reasons.NoSubject(lexicon.Subject)]);
    }

    /// <summary>The topic it watches; <c>encrypted-phone-takedowns</c> unless a lexicon folder says otherwise.</summary>
    public string Profile => lexicon.Profile;

    /// <summary>The detector with the built-in lexicon.</summary>
    public static TakedownDetector BuiltIn(DetectorOptions? options = null) => Over(LexiconSources.BuiltIn(), options);

    /// <summary>The detector with the built-in lexicon and the files of a folder, which extend it or replace parts of it.</summary>
    /// <exception cref="LexiconException">A file is wrong; the whole set is refused.</exception>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public static TakedownDetector Load(string folder, DetectorOptions? options = null) => Over(LexiconSources.WithFolder(folder), options);

    /// <summary>The detector over these lexicon files and no others.</summary>
    internal static TakedownDetector Over(IEnumerable<LexiconFile> files, DetectorOptions? options = null)
    {
        var lexicon = Lexicon.From(files);
        return new(lexicon, lexicon.Weights, options ?? new DetectorOptions(), LearntNames.None);
    }

    /// <summary>The weights it reads with, by <c>model/feature</c>.</summary>
    internal IReadOnlyDictionary<string, double> Weights => weights;

    /// <summary>The same detector with other weights, as <see cref="WeightFitter"/> found them.</summary>
    public TakedownDetector With(IReadOnlyDictionary<string, double> weights) => new(lexicon, weights, options, learnt);

    /// <summary>
    /// The same detector, which also knows these names of networks that earlier reports introduced, and takes listed ones among them that are
    /// ordinary words too for the network more readily. They replace the ones it was given before; where they are the same it is this one.
    /// </summary>
    public TakedownDetector Knowing(IReadOnlyCollection<KnownName> names) => learnt.Become(names) is var known && known == learnt ? this : new(lexicon, weights, options, known);

    /// <summary>Pure: the same text gives the same verdict. Safe to call from many threads.</summary>
    public Verdict Examine(ArticleText article)
    {
        ArgumentNullException.ThrowIfNull(article);
        if (!IsWorthReading(article))
            return nothing;
        var reading = Read(article);
        var (model, ofTakedown) = reading.Features.Any(feature => feature.Name == Features.Unnamed) ? (isNamelessEvent, isNamelessTakedown) : (isEvent, isTakedown);
        var score = Math.Max(model.Probability(reading.Features), IsCorrection(reading.Findings, reading.Networks, reading.Figures) ? options.AlertThreshold : 0);
        var isElsewhere = reading.Networks.Count == 0 && IsHeadedElsewhere(reading.Findings) || reading.Networks.Count >= ManyNetworks && IsChronology(reading.Findings);
        var isAlert = score >= options.AlertThreshold && !isElsewhere;
        var label = isAlert || (score >= EventScore && !isElsewhere)
            ? ofTakedown.Probability(reading.Features) >= 0.5 ? Label.Takedown : Label.Followup
            : IsBackground(reading.Features) ? Label.Background : Label.Unrelated;
        var findings = reading.Findings;
        return new(
            label,
            Math.Round(score, 4),
            isAlert,
            !isAlert && score >= options.UndecidedThreshold,
            reading.Networks,
            isAlert ? [.. Names(findings, Concept.Operation), .. Undertakings.Of(findings, lexicon, reading.Languages)] : Names(findings, Concept.Operation),
            Names(findings, Concept.Agency),
            Names(findings, Concept.Country),
            reading.Figures,
            Proof.Of(findings, reading.Features, model),
            Reasons.Of(reading.Features, model, isAlert, lexicon.Subject))
        {
            Acting = Acting.Of(findings, lexicon, reading.Languages.Most, reading.Figures, reading.Networks),
            Places = [.. findings.All(Concept.Country).Where(country => country.Term.Value != LexiconReader.People).Select(country => country.Term.Name).Distinct(StringComparer.Ordinal)],
            Deeds = Deeds.Of(findings, lexicon),
            Past = reading.Past,
            Denied = reading.Denied,
            Terms = [.. findings.Passages(hit => hit.Term.Concept != Concept.Country), .. findings.WordsOf(Concept.Apart)],
        };
    }

    /// <summary>Whether a name is that of a police force, a prosecutor or a court, alone or with its place: "Europol", "Polizei Hessen".</summary>
    public bool IsAgency(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var document = new Document(new ArticleText(name), lexicon.Abbreviations);
        var hits = lexicon.Scanner.Scan(document).Where(hit => hit.Term.Concept is Concept.Agency or Concept.Police or Concept.Country or Concept.Common).ToList();
        return hits.Exists(hit => hit.Term.Concept is Concept.Agency or Concept.Police)
            && Enumerable.Range(0, document.Words.Count).All(word => hits.Exists(hit => hit.FirstWord <= word && hit.LastWord >= word));
    }

    /// <summary>The features of an article, for fitting the weights; none where nothing in it is worth reading.</summary>
    /// <param name="article">The article.</param>
    /// <param name="isKnown">Terms to read with, where not all.</param>
    internal IReadOnlyList<Feature> FeaturesOf(ArticleText article, Predicate<Term>? isKnown = null) => IsWorthReading(article) ? Read(article, isKnown).Features : [];

    /// <summary>Whether anything in it can make it an event. The one look that every article gets is quick; the others follow where a phone or a chat is told of.</summary>
    internal bool IsWorthReading(ArticleText article) => Most(article, whole) switch
    {
        Opening.Open => true,
        Opening.WithAuthority => Most(article, authority) != Opening.Closed,
        Opening.WithBlow => Most(article, authority) != Opening.Closed && Most(article, blow) != Opening.Closed,
        _ => false,
    } || learnt.StandIn(article);

    private static Opening Most(ArticleText article, Look look)
    {
        var seen = In(article.Title, look);
        if (seen != Opening.Open)
            seen = (Opening)Math.Max((int)seen, (int)In(article.Summary, look));
        return seen == Opening.Open ? seen : (Opening)Math.Max((int)seen, (int)In(article.Content, look));
    }

    private static Opening In(string field, Look look)
    {
        if (!PlainText.HasMarkup(field))
            return look(field);
        var plain = gateText ??= new PlainText();
        plain.Read(field);
        return look(plain.Text);
    }

    private (Findings Findings, Languages Languages, IReadOnlyList<NetworkMention> Networks, IReadOnlyList<Figure> Figures, IReadOnlyList<Figure> Denied, IReadOnlyList<PastTime> Past, IReadOnlyList<Feature> Features) Read(ArticleText article, Predicate<Term>? isKnown = null)
    {
        var (findings, languages) = Reader.Read(new Document(article, lexicon.Abbreviations), lexicon, isKnown);
        learnt.AddTo(findings);
        var networks = Networks.Settle(findings, lexicon, languages, learnt);
        var (figures, denied) = FigureReader.Read(findings, lexicon, languages, networks);
        var past = PastTimes.Of(findings, lexicon, languages);
        return (findings, languages, networks, figures, denied, past, Features.Of(findings, networks, figures, past));
    }

    // "Correction: 53 searches, not 58": says little else, and what it says was told before.
    private static bool IsCorrection(Findings findings, IReadOnlyList<NetworkMention> networks, IReadOnlyList<Figure> figures) =>
        Saying.IsCorrection(findings) && networks.Any(network => network.About) && figures.Any(figure => figure.Field != TextField.Content);

    // "Thrown out of the league, the club denounces hacked messages": a headline about something else, and no network below it.
    private static bool IsHeadedElsewhere(Findings findings)
    {
        var title = Title(findings);
        return title.Exists(hit => hit.Term is { Concept: Concept.Against, Name: "sport" or "film" or "gun" or "piracy" }) && !title.Exists(hit => hit.Term.Concept is Concept.Thing or Concept.Operation);
    }

    // "Timeline: the phones of the underworld": a headline that explains, tells of no deed and of no single one, and all of them below it.
    private static bool IsChronology(Findings findings)
    {
        var title = Title(findings);
        return title.Exists(hit => hit.Term.Concept == Concept.Explainer) && !title.Exists(hit => Deed.Contains(hit.Term.Concept))
            && title.Where(hit => hit.Term.Concept == Concept.Network).Select(hit => hit.Term.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count() != 1;
    }

    private static List<Hit> Title(Findings findings) =>
        [.. findings.Document.Sentences.TakeWhile(sentence => sentence.Field == TextField.Title).SelectMany((_, sentence) => findings.In(sentence))];

    // About the subject, but nothing happened.
    private static bool IsBackground(IReadOnlyList<Feature> features)
    {
        var has = features.Select(feature => feature.Name).ToHashSet(StringComparer.Ordinal);
        if (has.Contains("network") || has.Contains("network-unlisted") || has.Contains("against-policy"))
            return true;
        if (has.Any(name => name.StartsWith("against-", StringComparison.Ordinal) && name is not "against-brand"))
            return false;
        return has.Contains("thing") || has.Contains("thing-made") && has.Contains("crime") && has.Contains("police") && !has.Contains("thing-consumer");
    }

    private static List<string> Names(Findings findings, Concept concept) =>
        [.. findings.All(concept).Select(hit => hit.Term.Name).Distinct(StringComparer.Ordinal)];
}

/// <param name="AlertThreshold">Score from which an event is told, 0 to 1.</param>
/// <param name="UndecidedThreshold">Score from which an article that is no alert deserves a look at its full text.</param>
public sealed record DetectorOptions(double AlertThreshold = 0.5, double UndecidedThreshold = 0.2);
