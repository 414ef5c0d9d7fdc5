using System.Globalization;

namespace FeedWatch.Incidents.Linking;

/// <summary>
/// How strongly a report without a known name speaks of the same takedown as the reports of an incident around that day. A shared
/// number says most, the more so the odder it is; a shared agency or country less; Europol is in every story.
/// </summary>
internal static class Likeness
{
    /// <summary>From here on a report without a name belongs to the incident.</summary>
    public const double Same = 2.0;

    /// <summary>For a follow-up without a name more must be shared: cases before courts are alike.</summary>
    public const double SameFollowup = 3.2;

    /// <summary>From here on a name that nobody has heard is another name of the incident's network.</summary>
    public const double SameNetwork = 3.9;

    /// <summary>From here on most reports of an incident that nobody has named must speak of another one for the two to be one: two takedowns in one week share a country soon.</summary>
    public const double SameIncident = 2.8;

    /// <summary>For a name that the one gives to its network and the other says without saying what it is.</summary>
    private const double NamesIt = 3;

    /// <summary>Below this nothing is shared, or what is said contradicts.</summary>
    public const double Strange = 0.5;

    /// <summary>Reports further apart are not compared.</summary>
    public static readonly TimeSpan Reach = TimeSpan.FromDays(5);

    private static readonly HashSet<string> InEveryStory = new(StringComparer.Ordinal) { "europol", "eurojust", "interpol" };

    /// <param name="report">The report.</param>
    /// <param name="others">The incident's reports around that day.</param>
    /// <param name="apart">The time between the report and the nearest of them.</param>
    /// <param name="isFresh">Whether the incident itself is of these days. Two takedowns in one week are rare, and one of them is the likelier.</param>
    public static double Of(Marks report, Cluster others, TimeSpan apart, bool isFresh)
    {
        if (!others.IsNear) return 0;
        var (agencies, countries, figures, names) = (others.Agencies, others.Countries, others.Figures, others.Names);

        var score = Math.Min(4, report.Figures.Where(figures.Has).Sum(Oddness));
        score += Math.Min(2, report.Agencies.Where(agencies.Has).Sum(a => (InEveryStory.Contains(a) ? 0.3 : 1.0) * Said(agencies, a, others)));
        score += 0.8 * SharedCountries(report, others);
        score += Math.Min(2, report.Names.Count(names.Has) * 0.4);
        if (AreElsewhere(report, others)) score -= 2; // a name that both say may be a word that begins alike
        else if (report.Called.Count == 0 ? report.Names.Any(others.Called.Has) : isFresh && others.MayBeCalled(report.Called)) score += NamesIt;
        score += Nearness(apart);
        if (report.IsTakedown) score += isFresh && others.HasTakedown ? 1 : -1.5;
        return score;
    }

    /// <summary>How many countries the report shares with those of the incident around that day, each by how often they name it; 0 to 3.</summary>
    public static double SharedCountries(Marks report, Cluster others) => Math.Min(3, report.Countries.Where(others.Countries.Has).Sum(c => Said(others.Countries, c, others)));

    /// <summary>Whether the report and those of the incident around that day name countries, and none is the same.</summary>
    public static bool AreElsewhere(Marks report, Cluster others) => report.Countries.Count > 0 && !others.Countries.IsEmpty && !report.Countries.Any(others.Countries.Has);

    // What one of many reports says may be a reminder of something else: it counts in full where a third of them say it.
    private static double Said(Tally said, string word, Cluster others) => Math.Min(1, said.CountOf(word) * 3.0 / others.Near.Count);

    private static double Nearness(TimeSpan apart) => apart.TotalDays switch { <= 0.5 => 1, <= 1.5 => 0.7, <= 2.5 => 0.4, _ => 0 };

    // 3 arrests are in every second report, 2,300,000 messages in those of one takedown.
    private static double Oddness(string figure)
    {
        var value = decimal.Parse(figure[(figure.IndexOf('/', StringComparison.Ordinal) + 1)..], CultureInfo.InvariantCulture);
        return value switch { < 10 => 0.3, < 100 => 1.2, < 1000 => 1.6, _ => 2.2 };
    }
}
