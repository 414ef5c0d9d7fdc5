using System.Globalization;
using FeedWatch.Commands.Replaying;
using FeedWatch.Contracts;
using FeedWatch.Detection;
using FeedWatch.Incidents;
using FeedWatch.Incidents.Facts;
using FeedWatch.Incidents.Linking;
using FeedWatch.Reports;
using FeedWatch.Storage;
using FeedWatch.Storage.Postgres;
using FeedWatch.Storage.Sqlite;
using FeedWatch.Tests.Testing;

namespace FeedWatch.Tests.Incidents;

/// <summary>Feeds bring reports in whatever order they like: hours late, a week at once. What is known in the end depends on what was reported alone.</summary>
[Collection(PostgresTests.Name)]
public sealed class OrderOfArrivalTests : IDisposable
{
    private const int Orders = 100;
    private static readonly string[] Invented = ["veltaphone", "ombrix", "kryptova", "halcyon-line"];
    private static readonly DateTimeOffset Now = new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TakedownDetector Detector = TakedownDetector.BuiltIn();

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("feedwatch-orders-");
    private readonly PostgresServer postgres;
    private readonly ITestOutputHelper output;
    private readonly DataFolder held;
    private readonly SqliteDatabase database;

    public OrderOfArrivalTests(PostgresServer postgres, ITestOutputHelper output)
    {
        (this.postgres, this.output) = (postgres, output);
        held = DataFolder.Open(folder.FullName);
        database = SqliteDatabase.Open(held);
    }

    public void Dispose()
    {
        database.Dispose();
        held.Dispose();
        folder.Delete(recursive: true);
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("ghost", "exclu", "ironchat", "ennetcom", "phantom-secure")]
    [InlineData("veltaphone", "ombrix", "kryptova", "halcyon-line")]
    public async Task The_order_of_arrival_changes_neither_incidents_nor_figures(params string[] stories)
    {
        var outcomes = new Dictionary<string, int>(StringComparer.Ordinal);

        foreach (var order in Shuffled(ReportsOf(stories)))
        {
            var outcome = (await LinkAsync(order, database)).Described;
            outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
        }

        output.WriteLine($"{Orders} orders of {ReportsOf(stories).Length} reports: {outcomes.Count} outcomes, the commonest {outcomes.Values.Max()} times");
        Assert.Single(outcomes);
    }

    [Fact]
    public async Task In_every_order_chats_can_follow_each_incident_from_its_first_alert_to_its_end()
    {
        foreach (var order in Shuffled(ReportsOf(Invented)).Take(Orders / 10))
        {
            var outcome = await LinkAsync(order, database);

            var known = new HashSet<Guid>();
            foreach (var told in outcome.Events)
            {
                if (told is IncidentDetected detected) Assert.True(known.Add(detected.IncidentId), "detected twice");
                else if (told is IncidentEvent of) Assert.Contains(of.IncidentId, known);
                if (told is IncidentMerged merged) Assert.All(merged.Absorbed, a => Assert.True(known.Remove(a.IncidentId), "ended and was never told"));
                if (told is IncidentSplit split) known.UnionWith(split.SplitOff.Select(s => s.IncidentId));
            }

            Assert.Equal(outcome.Incidents.Order(), known.Order());
        }
    }

    [Fact]
    public async Task What_an_incident_is_remembered_by_moves_with_its_reports()
    {
        foreach (var order in Shuffled(ReportsOf(Invented)).Take(Orders / 10))
        {
            var outcome = await LinkAsync(order, database);

            Assert.Equal(outcome.MarksOfReports, outcome.Marks);
        }
    }

    [Fact]
    public async Task PostgreSQL_links_a_story_that_comes_backwards_as_SQLite_links_it_in_order()
    {
        var reports = ReportsOf("veltaphone", "ombrix").OrderBy(r => r.Article.PublishedAt).ToList();
        using var server = PostgresDatabase.Open(postgres.NewConnectionString(), null);

        var backwards = await LinkAsync(Enumerable.Reverse(reports), server);

        Assert.Equal((await LinkAsync(reports, database)).Described, backwards.Described);
        Assert.Equal(backwards.MarksOfReports, backwards.Marks);
    }

    private static Report[] ReportsOf(params string[] stories) => [.. Story.Read("Stories", Naming.Real).Where(s => stories.Contains(s.Of))
        .Select(s => (s, Verdict: Detector.Examine(s.Item.Text))).Where(p => p.Verdict.Alert)
        .Select(p => Report.From(p.s.Item.ToArticle(), p.s.Item.Feed, p.s.Item.Text, p.Verdict, Detector.IsAgency(p.s.Item.Source)))];

    // The first as they were published.
    private static IEnumerable<IReadOnlyList<Report>> Shuffled(Report[] reports)
    {
        var random = new Random(20261129);
        for (var order = 0; order < Orders; order++)
        {
            if (order > 0) random.Shuffle(reports);
            yield return reports;
        }
    }

    private static async Task<Outcome> LinkAsync(IEnumerable<Report> reports, Database database)
    {
        foreach (var table in new[] { "incident_keys", "incident_articles", "incident_marks", "learnt_names", "incidents" })
            await database.WriteAsync(session => session.ExecuteAsync($"delete from {table}"), Cancelled);
        var clock = new ReplayClock();
        clock.Set(Now);
        var linker = new IncidentLinker(clock);
        var events = new List<FeedWatchEvent>();
        foreach (var report in reports) events.AddRange((await database.WriteAsync(session => linker.LinkAsync(session, report), Cancelled)).Events);

        return await database.ReadAsync(session => Outcome.OfAsync(session, events), Cancelled);
    }
}

/// <param name="Described">Which reports ended together, under which title and severity, and what figures stand, given by whom and when.</param>
/// <param name="Incidents">Those that go on.</param>
/// <param name="Marks">What the store remembers incidents by.</param>
/// <param name="MarksOfReports">What it should remember them by.</param>
internal sealed record Outcome(string Described, IReadOnlyList<FeedWatchEvent> Events, IReadOnlyList<Guid> Incidents, IReadOnlyList<string> Marks, IReadOnlyList<string> MarksOfReports)
{
    public static async Task<Outcome> OfAsync(Session session, IReadOnlyList<FeedWatchEvent> events)
    {
        var incidents = await session.QueryAsync<Guid>("select id from incidents where merged_into is null");
        var (lines, marks) = (new List<string>(), new List<string>());
        foreach (var id in incidents)
        {
            var incident = (await IncidentStore.GetAsync(session, id))!.Incident;
            var reports = await IncidentStore.ReportsAsync(session, id);
            var articles = reports.Select(r => r.Report.Article.Id.ToString("N")[..6]).Order(StringComparer.Ordinal);
            var figures = incident.Book.Standing.Select(e => string.Create(CultureInfo.InvariantCulture, $"{e.Kind}/{e.Scope}/{e.What}={e.Current.Value:0.##} ({string.Join(", ", e.Claims.Select(Said))})"));
            lines.Add($"{incident.Title} ({incident.Severity}, {incident.SeverityReason}): {string.Join(' ', articles)} | {string.Join(' ', figures)}");
            marks.AddRange(reports.SelectMany(r => Clue.Of(r.Report, r.At).Remembered).GroupBy(m => m).Select(g => $"{id} {g.Key} {g.Count()}"));
        }

        var stored = await session.QueryAsync<string>(
            "select lower(cast(incident_id as text)) || ' ' || mark || ' ' || cast(reports as text) from incident_marks where mark not like 'y:%'");
        return new Outcome(
            string.Join('\n', lines.Order(StringComparer.Ordinal)),
            events,
            incidents,
            [.. stored.Order(StringComparer.Ordinal)],
            [.. marks.Order(StringComparer.Ordinal)]);

        static string Said(Claim claim) => string.Create(CultureInfo.InvariantCulture, $"{claim.Value:0.##} {string.Join('+', claim.Outlets)} {claim.First:s}-{claim.Last:s} {claim.OfficialAt:s}");
    }
}
