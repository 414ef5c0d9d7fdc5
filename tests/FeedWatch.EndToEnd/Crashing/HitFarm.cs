using System.Collections.Concurrent;
using System.Globalization;
using FeedWatch.Tests.Testing;

namespace FeedWatch.EndToEnd.Crashing;

/// <summary>
/// A few feeds on loopback in which hits are planted among other news: takedowns of networks that nobody has heard of, one network to
/// an article, and in between the figure of one growing case.
/// </summary>
internal sealed class HitFarm : IAsyncDisposable
{
    private const int Feeds = 3;
    private const int OtherNews = 6;
    private const string Case = "Sky ECC";

    /// <summary>Each takedown has a figure of its own, and names neither country nor agency: two that share such things on one day would be one under two names.</summary>
    private const int FirstFigure = 5000;

    private static readonly string[] Beginnings = ["Bra", "Cle", "Dro", "Fyn", "Gal", "Hov", "Jar", "Kel", "Lum", "Mor"];
    private static readonly string[] Middles = ["ba", "de", "fi", "go", "ku", "la", "me", "ni", "po", "ru"];
    private static readonly string[] Ends = ["cryp", "dex", "fone", "gram", "lock", "mesh", "nix", "talk", "vox", "zent"];

    private readonly FeedServer server;
    private readonly List<string>[] items = [.. Enumerable.Range(0, Feeds).Select(_ => new List<string>())];
    private readonly List<Uri>[] hits = [.. Enumerable.Range(0, Feeds).Select(_ => new List<Uri>())];
    private readonly List<Uri> planted = [];
    private readonly ConcurrentDictionary<string, IReadOnlyList<Uri>> links = new(StringComparer.Ordinal); // by validator
    private int arrests = 100;

    private HitFarm(FeedServer server) => this.server = server;

    /// <summary>The addresses of the takedowns that were planted, each of a network of its own.</summary>
    public IReadOnlyList<Uri> Planted => planted;

    /// <summary>The arrests in the growing case, as its last article says; 100 stand for none yet.</summary>
    public int Arrests => arrests;

    /// <summary>How many requests have come.</summary>
    public int Requests => server.Requests.Count;

    public static async Task<HitFarm> StartAsync()
    {
        var farm = new HitFarm(await FeedServer.StartAsync());
        for (var feed = 0; feed < Feeds; feed++)
        {
            for (var i = 0; i < OtherNews; i++) farm.Add(feed, AFeed.Item($"Council {feed} debates cycle path {i}", $"https://herald.example/{feed}/{i}", "The vote is on Thursday.", Now));
        }

        farm.PlantCase();
        return farm;
    }

    private static string TakedownOf(string network, int arrests, Uri link) => AFeed.Item(
        string.Create(CultureInfo.InvariantCulture, $"Police take down encrypted phone network {network}, {arrests} arrested"),
        link.AbsoluteUri,
        string.Create(CultureInfo.InvariantCulture, $"Detectives have dismantled {network}, an encrypted phone network used by organised crime. In all {arrests} people were arrested."),
        Now);

    /// <summary>One takedown more, and one more figure of the growing case.</summary>
    public Uri Plant()
    {
        var n = planted.Count;
        var link = new Uri(string.Create(CultureInfo.InvariantCulture, $"https://herald.example/takedown/{n}"));
        planted.Add(link);
        Add(n % Feeds, TakedownOf(NameOf(n), FirstFigure + n, link), link);
        PlantCase();
        return link;
    }

    /// <summary>The takedowns that stood in a feed when its server gave it this validator.</summary>
    public IReadOnlyList<Uri> LinksUnder(string etag) => links[etag];

    /// <summary>The feed list, written into a folder.</summary>
    public string ListIn(string folder)
    {
        var list = Path.Combine(folder, "farm.yaml");
        File.WriteAllText(list, "feeds:\n" + string.Concat(Enumerable.Range(0, Feeds).Select(f => $"  - name: Feed {f}\n    url: {server.At($"/{f}")}\n    language: en\n    interval: 1s\n")));
        return list;
    }

    public async ValueTask DisposeAsync() => await server.DisposeAsync();

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private static string NameOf(int n) => $"{Beginnings[n / 100 % 10]}{Middles[n / 10 % 10]}{Ends[n % 10]}{(n < 1000 ? "" : Middles[n / 1000 % 10])}";

    private void PlantCase()
    {
        arrests++;
        var link = new Uri(string.Create(CultureInfo.InvariantCulture, $"https://herald.example/case/{arrests}"));
        Add(arrests % Feeds, AFeed.Takedown(Case, arrests, link.AbsoluteUri, Now), link);
    }

    private void Add(int feed, string item, Uri? link = null)
    {
        items[feed].Insert(0, item);
        if (link is not null) hits[feed].Add(link);
        var body = AFeed.With([.. items[feed]]);
        links[FeedServer.ValidatorOf(body)] = [.. hits[feed]];
        server.Serve(body, $"/{feed}");
    }
}
