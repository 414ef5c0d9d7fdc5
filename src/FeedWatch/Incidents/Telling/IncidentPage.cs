using System.Globalization;
using System.Text;
using System.Text.Json;
using FeedWatch.Contracts;
using FeedWatch.Incidents.Background;
using FeedWatch.Incidents.Facts;

namespace FeedWatch.Incidents.Telling;

/// <summary>Incidents for people who read a terminal, and for scripts.</summary>
internal static class IncidentPage
{
    private const int MostOutlets = 3;
    private const int MostBackground = 20;

    public static string List(IReadOnlyList<ToldIncident> told)
    {
        if (told.Count == 0) return "Nothing has been told yet.\n";
        var page = new StringBuilder();
        foreach (var (incident, retracted) in told.Select(t => (t.Incident, t.RetractedAt)))
        {
            var state = retracted is null ? incident.Severity.ToString().ToLowerInvariant() : "retracted";
            Line(page, $"{incident.Id.ToString()[..8]}  {incident.FirstReport:yyyy-MM-dd}  {state,-9}  {incident.Reports,5} {(incident.Reports == 1 ? "report " : "reports")}  {Names(incident)}");
            Line(page, $"          {incident.Title}");
        }

        return page.ToString();
    }

    /// <summary>What is known, who says what, and the reports in order with what each brought.</summary>
    public static string Show(ToldIncident told)
    {
        var incident = told.Incident;
        var page = new StringBuilder();
        Line(page, $"{incident.Title}");
        Line(page, $"{Names(incident)} · {incident.Severity.ToString().ToLowerInvariant()}: {incident.SeverityReason}{(incident.KnownSince is { } since ? $" · known since {since:yyyy-MM-dd}" : "")}");
        if (told.RetractedAt is { } at) Line(page, $"RETRACTED {at:yyyy-MM-dd HH:mm}: {told.RetractedWhy}");
        Line(page, $"id {incident.Id} · {incident.Reports} reports by {told.Reports.Select(r => r.Report.Article.Source).Distinct().Count()} outlets in {told.Reports.Select(r => r.Report.Article.Language).OfType<string>().Distinct().Count()} languages, {incident.FirstReport:yyyy-MM-dd HH:mm} to {incident.LastReport:yyyy-MM-dd HH:mm} UTC");
        if (incident.Operations.Count > 0) Line(page, $"operations  {string.Join(", ", incident.Operations)}");
        if (incident.Agencies.Count > 0) Line(page, $"agencies    {string.Join(", ", incident.Agencies)}");
        if (incident.Acting.Count > 0) Line(page, $"countries   {string.Join(", ", incident.Acting)}");
        page.AppendLine();
        Line(page, $"Figures");
        foreach (var entry in incident.Book.Standing) Line(page, $"  {Label(entry),-26} {Value(entry, entry.Current.Value),14}  {Sayers(entry)}");
        page.AppendLine();
        Line(page, $"Timeline");
        Timeline(page, told);
        if (told.Background.Count > 0) Background(page, told.Background);
        return page.ToString();
    }

    /// <summary>What the incident is called by.</summary>
    public static string Names(Incident incident) =>
        incident.NamedNetworks.Where(n => n.About).Select(n => n.Name).ToList() is { Count: > 0 } names ? string.Join(", ", names) : "no network named";

    public static string Lines(IReadOnlyList<ToldIncident> told) => string.Concat(told.Select(t => JsonSerializer.Serialize(Short(t), EventJson.Options) + "\n"));

    public static string Json(ToldIncident told) => JsonSerializer.Serialize(
        new
        {
            Incident = Short(told),
            Figures = told.Incident.Book.Standing.Select(e => new { Figure = e.ToFigure(e.Current), Claims = e.Claims }),
            told.Incident.Happenings,
            Reports = told.Reports.Select(r => r.Report.Article),
            told.Background,
        },
        EventJson.Options) + "\n";

    private static object Short(ToldIncident told) => new
    {
        IncidentId = told.Incident.Id,
        told.Incident.Title,
        told.Incident.Severity,
        told.Incident.SeverityReason,
        told.Incident.NamedNetworks,
        told.Incident.Operations,
        told.Incident.Agencies,
        Countries = told.Incident.Acting,
        told.Incident.Figures,
        told.Incident.FirstReport,
        told.Incident.LastReport,
        told.Incident.Reports,
        told.RetractedAt,
        told.RetractedWhy,
    };

    // The incident grows again report by report, so that each line says what it brought.
    private static void Timeline(StringBuilder page, ToldIncident told)
    {
        Incident? grown = null;
        var day = "";
        foreach (var (report, at) in told.Reports)
        {
            var before = grown?.AllTold();
            grown = before is null ? Incident.OpenedBy(told.Incident.Id, report, at) : before.With(report, at);
            var today = at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            if (today != day) Line(page, $"  {today}");
            day = today;
            Line(page, $"    {at:HH:mm}  {report.Article.Source}{(report.Article.Language is { } language ? $" ({language})" : "")}: {report.Article.Title}");
            var news = grown.News;
            if (news.Count > 0) Line(page, $"           + {string.Join(", ", news.Select(n => Words(n.Since(grown.Told))))}");
        }
    }

    private static void Background(StringBuilder page, IReadOnlyList<Backgrounder> background)
    {
        page.AppendLine();
        Line(page, $"Background: articles about it that report nothing");
        foreach (var one in background.Take(MostBackground))
            Line(page, $"  {one.At:yyyy-MM-dd HH:mm}  {one.Source}{(one.Language is { } language ? $" ({language})" : "")}: {one.Title}");
        if (background.Count > MostBackground) Line(page, $"  … and {background.Count - MostBackground} more; --json has them all");
    }

    private static string Words(Change change)
    {
        if (change.Figure is not { } figure) return change is { Kind: "ruling", Value: null or "" } ? "a ruling" : $"{change.Kind} {change.Value}";
        var before = change.Before is { } was ? string.Create(CultureInfo.InvariantCulture, $"{was:#,0.##} → ") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{figure.Kind} {before}{figure.Value:#,0.##}{Behind(figure.Unit)}{Behind(figure.What)}{(figure.Scope.Length > 0 ? $" [{figure.Scope}]" : "")}");
    }

    private static string Label(FigureEntry entry) => $"{entry.Kind}{Behind(entry.What)}{(entry.Scope.Length > 0 ? $" [{entry.Scope}]" : "")}";

    private static string Value(FigureEntry entry, decimal value) => string.Create(CultureInfo.InvariantCulture, $"{value:#,0.##}{Behind(entry.Unit)}");

    // "51 – Europol, De Courant; 50 – two outlets": who says so, then who says otherwise.
    private static string Sayers(FigureEntry entry)
    {
        var current = entry.Current;
        var others = entry.Claims.Where(c => c.Value != current.Value).OrderByDescending(c => c.Last).Take(MostOutlets)
            .Select(c => $"{Value(entry, c.Value)} – {Who(c)}");
        return string.Join("; ", others.Prepend($"{Who(current)}, {current.First.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}{(current.OfficialAt is null ? "" : ", official")}"));
    }

    private static string Who(Claim claim) => claim.Outlets.Count <= MostOutlets
        ? string.Join(", ", claim.Outlets)
        : string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", claim.Outlets.Take(MostOutlets - 1))} and {claim.Outlets.Count - MostOutlets + 1} more");

    private static string Behind(string word) => word.Length > 0 ? $" {word}" : "";

    private static void Line(StringBuilder page, FormattableString line) => page.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
