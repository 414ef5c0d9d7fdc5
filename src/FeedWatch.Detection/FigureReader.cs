using System.Globalization;
using System.Text.RegularExpressions;

namespace FeedWatch.Detection;

/// <summary>Finds numbers that count something about the event. Knows Dutch, English, French and German counting for now.</summary>
internal static partial class FigureReader
{
    private const int Reach = 60;

    private static readonly (string Kind, Regex Noun)[] Kinds =
    [
        ("messages", Noun("berichten|messages|nachrichten")),
        ("users", Noun("gebruikers|users|utilisateurs|nutzer\\w*|usuarios")),
        ("organisations", Noun("(criminele|criminal|kriminelle) (organisaties|organi[sz]ations|groups|gruppen)")),
        ("countries", Noun("landen|countries|pays|l[äa]nder\\w*|pa[íi]ses")),
        ("labs", Noun("drugslabs?|drug labs?|labs")),
        ("searches", Noun("locaties doorzocht|doorzoekingen|searches|perquisitions|durchsuchungen|registros")),
        ("servers", Noun("servers?|serveurs|servidores")),
        ("arrests", Noun("((\\w+ ){0,2}(aangehouden|opgepakt|gearresteerd|arrested|festgenommen|interpell\\w+))|aanhoudingen|arrestaties|arrests|arrestations|festnahmen|detenid\\w+")),
    ];

    public static IReadOnlyList<Figure> Read(ArticleText article)
    {
        var figures = new List<Figure>();
        Read(TextField.Title, article.Title, figures);
        Read(TextField.Summary, article.Summary, figures);
        Read(TextField.Content, article.Content, figures);
        return [.. figures.DistinctBy(f => (f.Kind, f.Value, f.Unit, f.Scope, f.What))];
    }

    private static void Read(TextField field, string text, List<Figure> figures)
    {
        foreach (Match number in Number().Matches(text))
        {
            if (Value(number) is not { } value) continue;
            var after = text.Substring(number.Index + number.Length, Math.Min(Reach, text.Length - number.Index - number.Length));
            var scope = Scope(text, number.Index);
            if (Money().IsMatch(after)) figures.Add(new Figure("cash", value, "EUR", scope, "", field, number.Index, number.Length));
            else if (Cocaine().IsMatch(after)) figures.Add(new Figure("drugs", value, "kg", scope, "cocaine", field, number.Index, number.Length));
            else if (Kinds.FirstOrDefault(k => k.Noun.IsMatch(after)) is { Kind: { } kind }) figures.Add(new Figure(kind, value, "", kind == "countries" ? "" : scope, "", field, number.Index, number.Length));
        }
    }

    private static decimal? Value(Match number)
    {
        var word = number.Groups["word"].Value.ToLowerInvariant();
        decimal value;
        if (word.Length > 0) value = Words[word];
        else
        {
            var digits = number.Groups["digits"].Value;
            var grouped = Grouped().IsMatch(digits);
            if (!decimal.TryParse(grouped ? Separators().Replace(digits, "") : digits.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value)) return null;
        }

        return value * number.Groups["times"].Value.ToLowerInvariant() switch
        {
            "" => 1,
            "duizend" or "thousand" or "mille" or "tausend" => 1_000m,
            _ => 1_000_000m,
        };
    }

    // The nearest word before the number that says where; else the sentence before carries on; else the whole operation.
    private static string Scope(string text, int at)
    {
        var from = Math.Max(0, at - 300);
        var last = Place().Matches(text[from..at]).LastOrDefault()?.Value.ToLowerInvariant();
        return last switch
        {
            "nederland" or "netherlands" or "pays-bas" => "NL",
            "france" or "frankrijk" => "FR",
            "germany" or "duitsland" or "deutschland" => "DE",
            _ => "world",
        };
    }

    private static readonly Dictionary<string, decimal> Words = new(StringComparer.Ordinal)
    {
        ["zestien"] = 16, ["twintig"] = 20, ["veertig"] = 40, ["honderd"] = 100, ["driehonderd"] = 300, ["zevenhonderd"] = 700, ["achthonderd"] = 800, ["twaalfhonderd"] = 1200,
        ["sixteen"] = 16, ["twenty"] = 20, ["forty"] = 40, ["seize"] = 16, ["sechzehn"] = 16,
    };

    private static Regex Noun(string words) => new($@"^\s+(aan |of |de |d')?({words})\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    [GeneratedRegex(@"\b(?:(?<digits>\d{1,3}(?:[.,\u00A0\u202F]\d{3})+|\d{1,9}(?:[.,]\d{1,3})?)|(?<word>zestien|twintig|veertig|honderd|driehonderd|zevenhonderd|achthonderd|twaalfhonderd|sixteen|twenty|forty|seize|sechzehn))(?:\s(?<times>miljoen|million|millions|millionen|millones|duizend|thousand|mille|tausend))?\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    [GeneratedRegex(@"^\d{1,3}(?:[.,\u00A0\u202F]\d{3})+$", RegexOptions.CultureInvariant)]
    private static partial Regex Grouped();

    [GeneratedRegex(@"[.,\u00A0\u202F]", RegexOptions.CultureInvariant)]
    private static partial Regex Separators();

    [GeneratedRegex(@"^\s(?:euros?|d'euros|de euros)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Money();

    [GeneratedRegex(@"^\s(?:kilo|kg|kilogram\w*|kilos)\s(?:aan |of |de )?(?:coca[iï]ne|kokain)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Cocaine();

    [GeneratedRegex(@"\b(?:nederland|netherlands|pays-bas|france|frankrijk|germany|duitsland|deutschland|wereldwijd|worldwide|totaal)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Place();
}
