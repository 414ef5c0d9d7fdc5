using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using FeedWatch.Commands.Replaying;
using FeedWatch.Parsing.Dates;

namespace FeedWatch.Tests.Incidents;

/// <summary>How the names of networks stand in a set of stories.</summary>
public enum Naming
{
    /// <summary>As they are.</summary>
    Real,

    /// <summary>Every network has an invented name that is in no list.</summary>
    Invented,

    /// <summary>Invented names, and every third report names nobody.</summary>
    InventedOrNone,
}

/// <summary>A report of a written incident story, with what a careful reader takes from it.</summary>
/// <param name="Story">The story it belongs to; null for noise.</param>
/// <param name="News">What it is the first to tell.</param>
internal sealed partial record Story(ReplayItem Item, string? Of, IReadOnlyList<Planted> News)
{
    private static readonly JsonSerializerOptions Reading = new(JsonSerializerDefaults.Web);

    private static readonly string[] Names =
    [
        "Zarvophone", "Brixtel", "Quandor", "Lumivox", "Tarnet", "Ekkotron", "Vostrix", "Pellucid One", "Norvane", "Cryptella", "Hushline",
        "Obscura X", "Vantor", "Rivium", "Kestrix", "Mirelle", "Dravik", "Solvane", "Trellis Nine", "Umbrafon",
        "Corvane", "Threlkin", "Ostrava Nine", "Pyxaline", "Fendrel",
    ];

    // The spellings of one network begin alike, but for these.
    private static readonly Dictionary<string, string> Spellings = new(StringComparer.Ordinal)
    {
        ["skaj"] = "sky", ["an0m"] = "anom", ["λn0m"] = "anom", ["anøm"] = "anom", ["mact"] = "matr", ["tota"] = "matr", ["хиса"] = "hisa", ["пели"] = "peli", ["пелі"] = "peli", ["blac"] = "iron", ["iron"] = "iron",
        ["skye"] = "sky", ["sky-"] = "sky", ["pgps"] = "pgp", ["pgp-"] = "pgp",
    };

    // Stories whose author left the introduction to this test.
    private static readonly HashSet<string?> Unheard =
    [
        "tundra-secure", "quietcell", "morivex", "sombra-chat", "nordlys-mobile", "tezcat", "polarfon", "mandible",
        "vexalon", "zefiro", "hvisk", "driftwood", "kolibri",
        "jaguatel", "kalem", "kvarts", "zarco", "perun", "lynx",
        "vantor", "umbraline", "hisar", "obsidian", "pelikan",
        "tundra", "lantern", "corvex", "velora",
        "brisant", "tuman", "sauna", "maresia", "adriana",
        "korvane", "alforja", "sivra", "velmora", "hjalmar", "cobalta",
    ];

    /// <summary>All reports of a folder in the order of their dates.</summary>
    /// <param name="folder">A folder beside this file.</param>
    /// <param name="naming">How the names of networks shall stand.</param>
    public static IReadOnlyList<Story> Read(string folder, Naming naming)
    {
        var invented = new Dictionary<string, string>(StringComparer.Ordinal);
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        var lines = Directory.GetFiles(Path.Combine(Here(), folder), "*.jsonl").Order(StringComparer.Ordinal)
            .SelectMany(File.ReadAllLines).Where(l => l.Length > 0).Select(l => JsonSerializer.Deserialize<Line>(l, Reading)!)
            .OrderBy(l => l.Date, StringComparer.Ordinal);
        return [.. lines.Select(l =>
        {
            var number = l.Story is null ? 0 : counts[l.Story] = counts.GetValueOrDefault(l.Story) + 1;
            var how = naming == Naming.Real ? 'r' : naming == Naming.InventedOrNone && number % 3 == 2 ? 'n' : 'i';
            string Words(string? text, bool introduces = false) => Render(text ?? "", invented, how, introduces && how != 'n' && (how == 'i' || Unheard.Contains(l.Story)));
            var item = new ReplayItem(l.Id, Words(l.Title), Words(l.Summary, introduces: true), Words(l.Content), l.Lang, new Uri(l.Link), l.Source, FeedDate.Parse(l.Date)!.Value);
            return new Story(item, l.Story, l.New ?? []);
        })];
    }

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

    // No paper prints a name that nobody has heard without saying what it is: its first mention below the headline does.
    private static string Render(string text, Dictionary<string, string> invented, char how, bool introduces)
    {
        var rendered = Marked().Replace(text, match =>
        {
            var (name, ending, without) = (match.Groups["name"].Value, match.Groups["ending"].Value, match.Groups["without"].Value);
            if (how == 'n') return without;
            if (match.Groups["operation"].Success) return name + ending;
            var introduction = introduces && without.Length > 0 ? $"{without} " : "";
            introduces = false;
            if (how == 'r') return introduction + name + ending;
            var stem = name.ToLowerInvariant()[..Math.Min(4, name.Length)].TrimEnd();
            stem = Spellings.GetValueOrDefault(stem, stem);
            if (!invented.TryGetValue(stem, out var other)) invented[stem] = other = Names[invented.Count];
            return introduction + other + ending;
        });
        return Spaces().Replace(rendered, " ").Trim();
    }

    [GeneratedRegex(@"\{\{(?<operation>op:)?(?<name>[^|~}]*)(~(?<ending>[^|}]*))?(\|(?<without>[^}]*))?\}\}")]
    private static partial Regex Marked();

    [GeneratedRegex(" {2,}| (?=[,.;])")]
    private static partial Regex Spaces();

    private sealed record Line(string Id, string? Story, string Date, string Source, string Lang, string Link, string Title, string? Summary, string? Content, List<Planted>? New);
}
