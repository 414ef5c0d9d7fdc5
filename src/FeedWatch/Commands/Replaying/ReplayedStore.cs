using System.Globalization;
using System.Text;
using FeedWatch.Incidents;
using FeedWatch.Storage;

namespace FeedWatch.Commands.Replaying;

/// <summary>What the service told of since a day, out of its own store: each article's headline and summary as they were told, and the incident it was put to.</summary>
/// <param name="Items">In the order of their dates.</param>
/// <param name="Incidents">The incident of each.</param>
internal sealed record ReplayedStore(IReadOnlyList<ReplayItem> Items, IReadOnlyList<Guid> Incidents)
{
    private const int MostLines = 50;

    /// <exception cref="BadInputException">There is no store.</exception>
    public static async Task<ReplayedStore> ReadAsync(StorageOptions storage, DateTimeOffset since, CancellationToken cancellationToken)
    {
        using var database = StorageRoom.OpenReadOnly(storage) ?? throw new BadInputException($"{storage.DataFolder} holds no store of FeedWatch; name its data folder with --data.");
        return await database.ReadAsync(
            async session =>
            {
                var told = new List<(ReplayItem Item, Guid Incident)>();
                foreach (var id in await session.QueryAsync<Guid>("select distinct incident_id from incident_articles where reported_at >= @Since", new { Since = since.ToUnixTimeMilliseconds() }))
                {
                    foreach (var (report, at) in (await IncidentStore.ReportsAsync(session, id)).Where(r => r.At >= since))
                    {
                        var a = report.Article;
                        told.Add((new ReplayItem(a.Id.ToString(), a.Title, a.Summary, "", a.Language, a.Link is null ? null : new Uri(a.Link), a.Source, at), id));
                    }
                }

                told.Sort((x, y) => x.Item.At.CompareTo(y.Item.At));
                return new ReplayedStore([.. told.Select(t => t.Item)], [.. told.Select(t => t.Incident)]);
            },
            cancellationToken);
    }

    /// <summary>What would be told otherwise today. Articles are read by headline and summary alone, which is all that the store keeps of them.</summary>
    public string Difference(ReplayRun run)
    {
        var then = Items.Zip(Incidents).ToDictionary(p => (object)p.First, p => p.Second, ReferenceEqualityComparer.Instance);
        var silent = run.Articles.Where(a => !a.IsTold).ToList();
        var now = run.Articles.Where(a => a.IsTold).ToList();

        // An incident of then goes on as the one that most of its articles are in now.
        var heirs = now.GroupBy(a => then[a.Item]).ToDictionary(g => g.Key, g => g.GroupBy(a => a.Incident).MaxBy(h => h.Count())!.Key);
        var moved = now.Where(a => heirs[then[a.Item]] != a.Incident).ToList();
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"\nThen: {Items.Count} articles in {Incidents.Distinct().Count()} incidents. Today: {now.Count} articles in {now.Select(a => a.Incident).Distinct().Count()} incidents.\n");
        Add(text, "No alert today (by headline and summary alone)", silent);
        Add(text, "In another incident today", moved);
        return text.ToString();
    }

    private static void Add(StringBuilder text, string heading, List<ReplayedArticle> articles)
    {
        if (articles.Count == 0) return;
        text.Append(CultureInfo.InvariantCulture, $"{heading}: {articles.Count}\n");
        foreach (var article in articles.Take(MostLines)) text.Append(CultureInfo.InvariantCulture, $"  {article.Item.At:yyyy-MM-dd HH:mm}  {article.Item.Source}: {article.Item.Title}\n");
        if (articles.Count > MostLines) text.Append(CultureInfo.InvariantCulture, $"  … and {articles.Count - MostLines} more\n");
    }
}
