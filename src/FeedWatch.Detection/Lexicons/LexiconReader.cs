using FeedWatch.Detection.Matching;
using YamlDotNet.RepresentationModel;

namespace FeedWatch.Detection.Lexicons;

/// <summary>Turns lexicon files into terms. What each key means is told in Data/README.md.</summary>
internal sealed class LexiconReader
{
    private static readonly Dictionary<string, Concept> Concepts = new[]
    {
        Concept.Thing, Concept.Encrypted, Concept.Secret, Concept.Service, Concept.Takedown, Concept.Infiltration, Concept.Arrest, Concept.Search,
        Concept.Seizure, Concept.Charge, Concept.Conviction, Concept.Court, Concept.Crime, Concept.Police, Concept.Operator, Concept.Aftermath,
        Concept.Explainer, Concept.Fresh, Concept.Called, Concept.Through, Concept.Within, Concept.Origin, Concept.Reminder, Concept.Apart, Concept.Pronoun, Concept.Correction, Concept.TakingPart, Concept.Seller, Concept.Admissible, Concept.Press,
    }.ToDictionary(concept => Kebab(concept.ToString()), StringComparer.Ordinal);

    private static readonly Dictionary<string, SmallWord> SmallWords = Enum.GetValues<SmallWord>().ToDictionary(word => Kebab(word.ToString()), StringComparer.Ordinal);

    // Keys of terms that are a part of a concept: what they say of it is their name.
    private static readonly Dictionary<string, (Concept Concept, Opening Opening)> Parts = new(StringComparer.Ordinal)
    {
        [Channel] = (Concept.Service, Opening.WithBlow), [Selling] = (Concept.Seller, Opening.Closed), [Via] = (Concept.Through, Opening.Closed),
    };

    /// <summary>Name of a service that carries words from one to another: phone, messenger, chat; not a network or platform of any kind.</summary>
    public const string Channel = "channel";

    /// <summary>Name of a seller's term that is what he does: it stands before what is sold.</summary>
    public const string Selling = "selling";

    /// <summary>Name of a term that stands between messages and what carried them, and before no place: "via", not "on".</summary>
    public const string Via = "via";

    /// <summary>Value of a country's term that is a place in it, no nationality.</summary>
    public const double Place = 1;

    /// <summary>Value of a country's term that says whose somebody is, and never where.</summary>
    public const double People = 2;

    private readonly LexiconContents contents = new();
    private LexiconFile file = null!;
    private string language = "";
    private bool serbian;

    /// <exception cref="LexiconException">One of the files is wrong.</exception>
    public static LexiconContents Read(IEnumerable<LexiconFile> files)
    {
        var reader = new LexiconReader();
        foreach (var file in files)
            reader.Read(file);
        return reader.contents;
    }

    private void Read(LexiconFile next)
    {
        file = next;
        language = "";
        serbian = false;
        foreach (var (key, value) in file.Entries())
        {
            switch (file.Text(key))
            {
                case "replace" or "about" or "drops": break;
                case "profile": contents.Profile = file.Text(value); break;
                case "subject": contents.Subject = file.Text(value); break;
                case "language": language = file.Text(value); break;
                case "cyrillic": serbian = file.Text(value) == "serbian"; break;
                case "networks": ReadNames(value, Concept.Network); break;
                case "operations": ReadNames(value, Concept.Operation); break;
                case "agencies": ReadNames(value, Concept.Agency); break;
                case "weights": ReadWeights(value); break;
                case "name-parts": AddAll(value, Concept.NamePart, ""); break;
                case "common": AddAll(value, Concept.Common, ""); break;
                case "concepts": ReadConcepts(value); break;
                case "against": ReadNamed(value, Concept.Against); break;
                case "counts": ReadNamed(value, Concept.Counted); break;
                case "times": ReadNamed(value, Concept.Past); break;
                case "drugs": ReadNamed(value, Concept.Drug); break;
                case "currencies": ReadNamed(value, Concept.Currency); break;
                case "scopes": ReadNamed(value, Concept.Scope); break;
                case "countries": ReadNamed(value, Concept.Country); break;
                case "places": ReadNamed(value, Concept.Country, Place); break;
                case "peoples": ReadNamed(value, Concept.Country, People); break;
                case "weights-of-goods": ReadGoods(value); break;
                case "numbers": ReadNumbers(value, isMultiplier: false); break;
                case "multipliers": ReadNumbers(value, isMultiplier: true); break;
                case "homes": ReadHomes(value); break;
                case "vague": contents.Vague.UnionWith(Words(value)); break;
                case "joiners": contents.Joiners.UnionWith(Words(value)); break;
                case "abbreviations": contents.Abbreviations.UnionWith(Words(value)); break;
                case var name when SmallWords.TryGetValue(name, out var says): ReadByLanguage(value, says); break;
                default: throw file.Wrong(key, $"Unknown key '{file.Text(key)}'.");
            }
        }
    }

    private void ReadConcepts(YamlNode node)
    {
        foreach (var (key, value) in file.Entries(node))
        {
            if (Parts.TryGetValue(file.Text(key), out var part))
            {
                AddAll(value, part.Concept, file.Text(key), part.Opening);
                continue;
            }

            if (!Concepts.TryGetValue(file.Text(key), out var concept))
                throw file.Wrong(key, $"Unknown concept '{file.Text(key)}'. Known: {string.Join(", ", Concepts.Keys)}.");
            AddAll(value, concept, "", concept switch { Concept.Thing => Opening.Open, Concept.Encrypted => Opening.WithAuthority, _ => Opening.Closed });
        }
    }

    private void ReadNamed(YamlNode node, Concept concept, double size = 0)
    {
        foreach (var (key, value) in file.Entries(node))
            AddAll(value, concept, file.Text(key), size: size);
    }

    private void ReadGoods(YamlNode node)
    {
        foreach (var (key, value) in file.Entries(node))
            AddAll(value, Concept.Weight, "", size: file.Number(key));
    }

    private void ReadNames(YamlNode node, Concept concept)
    {
        foreach (var entry in file.Items(node))
        {
            var fields = file.Entries(entry).ToDictionary(pair => file.Text(pair.Key), pair => pair.Value, StringComparer.Ordinal);
            if (!fields.Remove("name", out var nameNode))
                throw file.Wrong(entry, "An entry needs a name.");
            var name = file.Text(nameNode);
            foreach (var (field, value) in fields)
            {
                switch (field)
                {
                    case "spellings": AddAll(value, concept, name, concept is Concept.Agency ? Opening.Closed : Opening.Open); break;
                    case "ambiguous": AddAll(value, concept, name, concept is Concept.Network ? Opening.WithAuthority : Opening.Closed, needsCompany: true); break;
                    case "network": contents.NetworkOf[name] = file.Text(value); break;
                    case "ordinary-in": contents.OrdinaryIn[name] = file.Text(value); break;
                    case "run-by": contents.RunBy[name] = file.Text(value); break;
                    case "country": contents.CountryOf[name] = file.Text(value); break;
                    case "court": contents.Courts.Add(name); break;
                    case "about": break;
                    default: throw file.Wrong(value, $"Unknown field '{field}'.");
                }
            }
        }
    }

    private void ReadWeights(YamlNode node)
    {
        foreach (var (model, value) in file.Entries(node))
        {
            foreach (var (feature, weight) in file.Entries(value))
                contents.Weights[$"{file.Text(model)}/{file.Text(feature)}"] = file.Number(weight);
        }
    }

    private void ReadHomes(YamlNode node)
    {
        foreach (var (key, value) in file.Entries(node))
            contents.HomeOf[file.Text(key)] = file.Text(value);
    }

    private void ReadByLanguage(YamlNode node, SmallWord says)
    {
        foreach (var (key, value) in file.Entries(node))
            contents.SmallWords.UnionWith(Words(value).Select(word => (says, file.Text(key), word)));
    }

    private void ReadNumbers(YamlNode node, bool isMultiplier)
    {
        foreach (var (key, value) in file.Entries(node))
        {
            var number = (decimal)file.Number(value);
            foreach (var spelling in Scripts(file.Text(key)))
                contents.AddNumber(spelling, new(language, number, isMultiplier));
        }
    }

    private void AddAll(YamlNode node, Concept concept, string name, Opening opens = Opening.Closed, bool needsCompany = false, double size = 0)
    {
        foreach (var item in file.Items(node))
        {
            var written = file.Text(item);
            var exact = written.StartsWith('=');
            try
            {
                foreach (var spelling in Scripts(exact ? written[1..] : written))
                {
                    if (concept == Concept.Thing && spelling.Split(' ')[0].Split('-') is [var prefix, _, ..])
                        contents.Prefixes.Add(Text.Fold.Word(prefix));
                    contents.Add(new(concept, language, name, size, written) { ExactCase = exact, NeedsCompany = needsCompany, Opens = opens }, TermPart.Parse(spelling));
                }
            }
            catch (FormatException ex)
            {
                throw file.Wrong(item, ex.Message);
            }
        }
    }

    private IEnumerable<string> Scripts(string text)
    {
        yield return text;
        if (serbian && SerbianScript.ToCyrillic(text) is var cyrillic && cyrillic != text)
            yield return cyrillic;
    }

    private IEnumerable<string> Words(YamlNode node) => file.Items(node).SelectMany(item => Scripts(file.Text(item))).Select(text => Text.Fold.Word(text.TrimEnd('.')));

    private static string Kebab(string name) => string.Concat(name.Select((c, i) => char.IsUpper(c) && i > 0 ? "-" + char.ToLowerInvariant(c) : char.ToLowerInvariant(c).ToString()));
}
