using System.Security.Cryptography;
using System.Text;
using FeedWatch.Contracts;
using FeedWatch.Seen.Texts;
using FeedWatch.Storage;

namespace FeedWatch.Incidents.Correcting;

/// <summary>Texts that an operator took back: the same one, in whatever feed and under whatever address, alerts nobody again.</summary>
internal static class RetractedTexts
{
    private const int Size = 16;

    /// <summary>Whether it is one; that it came again is noted.</summary>
    public static async Task<bool> HasAsync(Session session, ReportedArticle article, DateTimeOffset now) =>
        await session.ExecuteAsync("update retracted_texts set at = @At where fingerprint = @Fingerprint", new { Fingerprint = Fingerprint(article), At = now.ToUnixTimeMilliseconds() }) > 0;

    public static Task AddAsync(Session session, Guid incident, IEnumerable<ReportedArticle> articles, DateTimeOffset now) => session.ExecuteAsync(
        "insert into retracted_texts (fingerprint, incident_id, at) values (@Fingerprint, @Incident, @At) on conflict (fingerprint) do nothing",
        articles.Select(a => new { Fingerprint = Fingerprint(a), Incident = incident, At = now.ToUnixTimeMilliseconds() }));

    /// <summary>Removes at most <paramref name="most"/> that were retracted, or came again, before then. Returns how many.</summary>
    public static Task<int> ForgetAsync(Session session, DateTimeOffset before, int most) => session.ExecuteAsync(
        "delete from retracted_texts where fingerprint in (select fingerprint from retracted_texts where at < @Before limit @Most)",
        new { Before = before.ToUnixTimeMilliseconds(), Most = most });

    /// <summary>The id of an incident that opens under a key: one that was retracted under it keeps its own.</summary>
    public static async Task<Guid> FreeIdAsync(Session session, string key)
    {
        for (var again = 0; ; again++)
        {
            var id = NameUuid.Of("incident", again == 0 ? key : $"{key}#{again}");
            if (await session.FindAsync<int>("select count(*) from incidents where id = @Id", new { Id = id }) == 0) return id;
        }
    }

    // Another feed sets other spaces, quotes and dashes.
    private static byte[] Fingerprint(ReportedArticle article) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(Letters.Of(article.Title + article.Summary)))[..Size];
}
