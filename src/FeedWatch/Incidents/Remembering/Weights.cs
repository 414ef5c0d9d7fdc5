using FeedWatch.Incidents.Linking;

namespace FeedWatch.Incidents.Remembering;

/// <summary>
/// What speaks for it that a report without a name belongs to an incident, and how much: logarithms of odds. They come from a regression
/// (softmax over all incidents and none) on the 531 reports of the written stories but the last set's, each taken as if it named no network;
/// on stories left out of the fit it was right for 176 of 207 nameless reports. Those of the time and of what a network is called were set by hand over all sets.
/// </summary>
internal static class Weights
{
    // For what the report shares with reports of the incident, each by how rare it is.
    private const double Agency = 0.15, Name = 0.33, Country = 0.64, Figure = 0.33, LargeFigure = 0.52, Year = 1.8, Call = 1;

    // For what reports of these days say, for a report within half a day, and for countries that contradict.
    private const double SameCountries = 1.05, SameDay = 1.87, OtherCountries = -0.87;

    // A takedown is of one that opened these days sooner than of an old one; a look back comes around the day of the year.
    private const double FreshTakedown = 0.86, OldTakedown = -1.88, Anniversary = 0.65;

    // For an incident that began when the report says: to some months, or to a year; for one that began in another than the only year it names.
    private const double TheseMonths = 2, ThatYear = 1.8, OtherYear = -0.5;

    // Of many reports each may share something with this one; of an incident that is written about now the next report is sooner.
    private const double ManyReports = -0.71, Lively = 0.77;

    // For an incident that nothing is known of. A follow-up has one sooner than the fit says (-0.69): it would be told as a takedown of its own.
    private const double Unknown = -1.8, UnknownTakedown = 0.77, FirstTakedown = 0.76;

    /// <summary>Where every noun is capital, half of what is read as names are none.</summary>
    private const string German = "de";

    private static readonly TimeSpan Day = TimeSpan.FromHours(12), Old = TimeSpan.FromDays(30);

    /// <summary>What incidents are looked up by.</summary>
    public static IEnumerable<(string Mark, double Weight)> Telling(Clue clue)
    {
        var marks = clue.Marks;
        return marks.Agencies.Select(a => (Marks.Agency + a, Agency))
            .Concat(marks.Figures.Select(f => (Marks.Number + f, IsLarge(f) ? LargeFigure : Figure)))
            .Concat(marks.Names.Select(n => (Marks.Name + n, clue.Language == German ? Name / 2 : Name)))
            .Concat(marks.IsTakedown && marks.Countries.Count > 0 ? [] : marks.Names.Select(n => (Marks.Call + n, clue.Language == German ? Call / 2 : Call))) // what it only says, others may call their network
            .Concat(marks.Countries.Select(c => (Marks.Country + c, Country)))
            .Concat(clue.Years.Where(y => y < clue.At.Year).Select(y => (Memory.YearOf(y), Year)))
            .Concat(clue.Past.SelectMany(p => p.Years).Except(clue.Years).Select(y => (Memory.YearOf(y), 0.0))); // found by its year, weighed by its month
    }

    /// <summary>What the reports of these days add to what incident and report share.</summary>
    /// <param name="clue">The report.</param>
    /// <param name="incident">An incident, with or without reports of these days.</param>
    /// <param name="mayShareCountry">Whether any of its reports, of whatever day, names a country that this one names, as far as is known.</param>
    public static double Nearby(Clue clue, Cluster incident, bool mayShareCountry)
    {
        if (!incident.IsNear) return clue.Marks.Countries.Count > 0 && !mayShareCountry ? OtherCountries : 0;
        return (SameCountries * Likeness.SharedCountries(clue.Marks, incident)) + (Likeness.AreElsewhere(clue.Marks, incident) ? OtherCountries : 0) + (incident.Near.Any(c => (c.At - clue.At).Duration() <= Day) ? SameDay : 0);
    }

    /// <summary>What the incident's age and the attention it gets add.</summary>
    public static double Aged(Clue clue, Cluster incident, Liveliness lively)
    {
        var age = clue.At - incident.Since;
        var score = Then(clue, incident) + (ManyReports * Math.Log(Math.Max(1, lively.Reports))) + (Lively * Math.Log(0.1 + lively.At(clue.At)));
        if (clue.Marks.IsTakedown) return score + (incident.IsFreshAt(clue.At) ? FreshTakedown : age > Old ? OldTakedown : 0);
        return score + (IsAnniversary(age) ? Anniversary : 0);
    }

    /// <summary>The incident that the report is likeliest of.</summary>
    /// <param name="clue">The report.</param>
    /// <param name="candidates">Incidents, each with all that speaks for it.</param>
    /// <param name="sure">So probable it must be, from 0 to 1.</param>
    /// <returns>Null where it is likelier to be of one that nothing is known of.</returns>
    public static Cluster? Likeliest(Clue clue, IReadOnlyList<(Cluster Incident, double Score)> candidates, double sure)
    {
        if (candidates.Count == 0) return null;
        var unknown = Unknown;
        if (clue.Marks.IsTakedown) unknown += UnknownTakedown + (candidates.Any(c => c.Incident.IsFreshAt(clue.At)) ? 0 : FirstTakedown);
        var best = candidates.MaxBy(c => c.Score);
        if (best.Score < unknown) return null;
        var odds = candidates.Sum(c => Math.Exp(c.Score - best.Score)) + Math.Exp(unknown - best.Score);
        return 1 / odds < sure ? null : best.Incident;
    }

    private static double Then(Clue clue, Cluster incident)
    {
        var then = clue.Past.Where(months => months.Has(incident.Since)).ToList();
        if (then.Count == 0) return IsOfAnotherYear(clue, incident) ? OtherYear : 0;
        return then.Exists(months => months.IsNarrow) ? TheseMonths : ThatYear;
    }

    // "Closed in 2021", and no other year or time is named.
    private static bool IsOfAnotherYear(Clue clue, Cluster incident) => clue.Past.Count == 0 && clue.Years.Where(y => y < clue.At.Year).ToList() is [var year] && incident.Since.Year != year && !clue.Years.Contains(incident.Since.Year);

    // Some days before or after the same day of a later year.
    private static bool IsAnniversary(TimeSpan age) => age.TotalDays > 300 && Math.Abs(((age.TotalDays + 20) % 365.25) - 20) <= 12;

    private static bool IsLarge(string figure) => figure[(figure.IndexOf('/', StringComparison.Ordinal) + 1)..].Length > 2;
}
