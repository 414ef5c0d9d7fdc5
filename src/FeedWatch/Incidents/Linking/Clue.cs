using System.Globalization;
using FeedWatch.Incidents.Remembering;
using FeedWatch.Reports;

namespace FeedWatch.Incidents.Linking;

/// <summary>All of a report that decides which incident it belongs to. Kept beside the report as one short line, so that hundreds are linked again without reading them.</summary>
/// <param name="Article">The report's article.</param>
/// <param name="At">When it was published, else when it came; in whole milliseconds.</param>
/// <param name="Keys">The names by which it finds its incident.</param>
/// <param name="Marks">What else it says.</param>
/// <param name="Others">Keys of all other networks that it names.</param>
/// <param name="Language">ISO 639-1; null where it is not known.</param>
/// <param name="Years">Years that it speaks of.</param>
/// <param name="Past">When what it looks back to happened.</param>
internal sealed record Clue(Guid Article, DateTimeOffset At, LinkKeys Keys, Marks Marks, IReadOnlyList<string> Others, string? Language, IReadOnlyList<int> Years, IReadOnlyList<PastMonths> Past) : IComparable<Clue>
{
    private static readonly List<string> None = [];

    // Lines of earlier versions have no such word, and no names.
    private const string Whole = "whole";
    private const string Listed = "N:", Unlisted = "U:", Operation = "O:", Beside = "B:", Other = "X:", Spoken = "L:", Year = "Y:", Months = "T:";

    /// <summary>What an incident is remembered by when it has this report.</summary>
    public IEnumerable<string> Remembered => Marks.All.Append(Liveliness.MarkOf(At));

    public static Clue Of(Report report, DateTimeOffset at)
    {
        var keys = LinkKeys.Of(report);
        return new Clue(
            report.Article.Id,
            DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds()),
            keys,
            Marks.Of(report),
            [.. report.Networks.Select(n => LinkKeys.OfNetwork(n.Slug)).Where(k => k != keys.Network).Distinct()],
            report.Article.Language,
            report.Years,
            [.. report.Past.Select(p => PastMonths.Of(p, at)).Distinct()]);
    }

    /// <returns>Null for the line of an earlier version, which does not say enough.</returns>
    public static Clue? Read(Guid article, DateTimeOffset at, string line)
    {
        var (whole, takedown, network, listed, language) = (false, false, (string?)null, false, (string?)null);
        var (agencies, countries, figures, names, called) = (None, None, None, None, None);
        var (operations, beside, others, years) = ((List<string>?)null, (List<string>?)null, (List<string>?)null, (List<int>?)null);
        List<PastMonths>? past = null;
        foreach (var range in line.AsSpan().Split('\t'))
        {
            var word = line.AsSpan(range);
            if (word.Length < 2) continue;
            var value = word[2..].ToString();
            switch (word[..2])
            {
                case Marks.Agency: Add(ref agencies, value); break;
                case Marks.Country: Add(ref countries, value); break;
                case Marks.Number: Add(ref figures, value); break;
                case Marks.Name: Add(ref names, value); break;
                case Marks.Call: Add(ref called, value); break;
                case Listed: (network, listed) = (value, true); break;
                case Unlisted: network = value; break;
                case Operation: (operations ??= []).Add(value); break;
                case Beside: (beside ??= []).Add(value); break;
                case Other: (others ??= []).Add(value); break;
                case Spoken: language = value; break;
                case Year: (years ??= []).Add(int.Parse(value, CultureInfo.InvariantCulture)); break;
                case Months: (past ??= []).Add(PastMonths.Read(value)); break;
                default:
                    takedown |= word is Marks.Takedown;
                    whole |= word is Whole;
                    break;
            }
        }

        return whole
            ? new Clue(article, at, new LinkKeys(network, listed, operations ?? [], beside ?? [], LinkKeys.OfArticle(article)), new Marks(agencies, countries, figures, names, called, takedown), others ?? [], language, years ?? [], past ?? [])
            : null;

        static void Add(ref List<string> words, string word) => (ReferenceEquals(words, None) ? words = [] : words).Add(word);
    }

    /// <summary>The order in which reports are linked: by when they were published, whenever they came.</summary>
    public int CompareTo(Clue? other) => other is null ? 1 : (At, Article).CompareTo((other.At, other.Article));

    /// <summary>As one line that <see cref="Read"/> reads.</summary>
    public override string ToString() => string.Join('\t', Words().Prepend(Marks.ToString()));

    private IEnumerable<string> Words()
    {
        yield return Whole;
        if (Keys.Network is { } network) yield return (Keys.Listed ? Listed : Unlisted) + network;
        foreach (var operation in Keys.Operations) yield return Operation + operation;
        foreach (var name in Keys.Beside) yield return Beside + name;
        foreach (var other in Others) yield return Other + other;
        if (Language is not null) yield return Spoken + Language;
        foreach (var year in Years) yield return string.Create(CultureInfo.InvariantCulture, $"{Year}{year}");
        foreach (var months in Past) yield return $"{Months}{months}";
    }
}
