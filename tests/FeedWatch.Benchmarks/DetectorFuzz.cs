using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using FeedWatch.Detection;

namespace FeedWatch.Benchmarks;

/// <summary>
/// <c>-- fuzz MINUTES FILE.jsonl…</c>: the detector over articles that were torn, glued, hidden and blown up at random. Ends at the first
/// verdict that contradicts its text, with the seed that makes it again; else tells how many were read and which took longest for its size.
/// </summary>
internal static class DetectorFuzz
{
    private const int LongText = 2_000;

    private static readonly string[] Pieces =
    [
        "EncroChat", "Sky ECC", "АNОM", "ΛNØM", "encrypted phone network ", "the messenger \"", "Veltrix messages ", " 2,3 miljoen ", "27.000.000", "quatre-vingt-dix-neuf", "8 tonnes of cocaine", " 1.234.567.890.123.456 ",
        "<p>", "</p>", "<b", "<!--", "-->", "<script>", "<![CDATA[", "]]>", "&amp;", "&#0;", "&#x110000;", "&bogus;", "\ud800", "\udc00", "\u202e", "\u2066", "\u200d", "\u00ad", "\u0301", "\u2028", "\0", "\ufeff", "ﬁ", "İ", "ｅ", "((((", "\"\"\"\"", "....", ",,,,", "::::", "----", "\n\n\n", "\t",
    ];

    public static int Run(TimeSpan time, IReadOnlyList<string> files, int firstSeed = 1)
    {
        var texts = files.SelectMany(File.ReadLines).Where(line => line.Length > 0).Select(line => JsonDocument.Parse(line).RootElement).Select(Article).ToList();
        var detector = TakedownDetector.BuiltIn();
        var clock = Stopwatch.StartNew();
        var (count, slowest, of) = (0L, 0.0, 0);
        for (var seed = firstSeed; clock.Elapsed < time; seed++)
        {
            var random = new Random(seed);
            var article = new ArticleText(Torn(random, Any(texts, random).Title), Torn(random, Any(texts, random).Summary), random.Next(4) == 0 ? Torn(random, Any(texts, random).Content) : "");
            var began = Stopwatch.GetTimestamp();
            if (Examine(detector, article) is not { } verdict)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seed {seed}: {article}"));
                return 1;
            }

            var length = article.Title.Length + article.Summary.Length + article.Content.Length;
            var perCharacter = Stopwatch.GetElapsedTime(began).TotalMicroseconds / length;
            count++;
            if (Fault(article, verdict) is { } fault)
            {
                Console.WriteLine($"seed {seed}: {fault}");
                return 1;
            }

            if (length > LongText && perCharacter > slowest)
                (slowest, of) = (perCharacter, seed);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count} articles in {clock.Elapsed.TotalMinutes:0.0} minutes, no fault; slowest of more than {LongText} characters: {slowest:0.00} µs a character (seed {of})"));
        return 0;
    }

    private static Verdict? Examine(TakedownDetector detector, ArticleText article)
    {
        try
        {
            return detector.Examine(article);
        }
#pragma warning disable CA1031 // any exception is what is looked for
        catch (Exception ex)
#pragma warning restore CA1031
        {
            Console.WriteLine(ex);
            return null;
        }
    }

    private static ArticleText Any(List<ArticleText> texts, Random random) => texts[random.Next(texts.Count)];

    private static ArticleText Article(JsonElement item) => new(Text(item, "title"), Text(item, "summary"), Text(item, "content"));

    private static string Text(JsonElement item, string name) => item.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";

    private static string Torn(Random random, string text)
    {
        var torn = new StringBuilder(text);
        for (var change = random.Next(12); change >= 0; change--)
        {
            var at = random.Next(torn.Length + 1);
            switch (random.Next(9))
            {
                case 0: torn.Insert(at, Pieces[random.Next(Pieces.Length)]); break;
                case 1: torn.Insert(at, (char)random.Next(char.MaxValue)); break;
                case 2: torn.Remove(at, random.Next(torn.Length - at + 1)); break;
                case 3: torn.Insert(at, torn.ToString(0, Math.Min(torn.Length, random.Next(200)))); break;
                case 4: torn.Replace(" ", ""); break;
                case 5: torn.Replace('e', 'е').Replace('a', 'а').Replace('o', 'ο'); break;
                case 6: torn = new StringBuilder(torn.ToString().ToUpperInvariant()); break;
                case 7: torn.Insert(at, string.Concat(Enumerable.Repeat(Pieces[random.Next(Pieces.Length)], random.Next(300)))); break;
                default: torn.Append(' ').Append(torn.ToString(0, Math.Min(torn.Length, 20_000))); break;
            }
        }

        return torn.ToString();
    }

    private static string? Fault(ArticleText article, Verdict verdict)
    {
        if (verdict.Score is not (>= 0 and <= 1))
            return $"score {verdict.Score}";
        if (verdict.Alert && verdict.Evidence.Count == 0 || !verdict.Alert && verdict.Reasons.Count == 0)
            return "no evidence, or no reason";
        foreach (var evidence in verdict.Evidence)
        {
            var field = Field(article, evidence.Field);
            if (evidence.Start < 0 || evidence.Length <= 0 || evidence.Start + evidence.Length > field.Length || field.Substring(evidence.Start, evidence.Length) != evidence.Text)
                return $"'{evidence.Text}' does not stand at {evidence.Field} {evidence.Start}";
        }

        return verdict.Figures.FirstOrDefault(figure => figure.Start < 0 || figure.Start + figure.Length > Field(article, figure.Field).Length) is { } wrong ? $"figure {wrong}" : null;
    }

    private static string Field(ArticleText article, TextField field) => field switch { TextField.Title => article.Title, TextField.Summary => article.Summary, _ => article.Content };
}
