using FeedWatch.Sources;
using FeedWatch.Sources.Lists;

namespace FeedWatch.Tests.Sources;

public sealed class FeedListsTests : IDisposable
{
    private static readonly ListedFeed One = new(new Uri("https://one.example/rss"), "One");
    private static readonly ListedFeed Two = new(new Uri("https://two.example/rss"), "Two");
    private static readonly ListedFeed Fresh = new(new Uri("https://new.example/rss?a=b"), "No: it's \"new\"", "no", "NO", TimeSpan.FromMinutes(90));

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("feedwatch-lists-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("", "feeds:\n  - name: Two\n    url: https://two.example/rss\n")]
    [InlineData("# mine", "# mine\nfeeds:\n  - name: Two\n    url: https://two.example/rss\n")]
    [InlineData("feeds:\n", "feeds:\n  - name: Two\n    url: https://two.example/rss\n")]
    [InlineData("feeds: []\n# end\n", "feeds: \n  - name: Two\n    url: https://two.example/rss\n# end\n")]
    [InlineData("# top\nfeeds:\n- url: https://one.example/rss # daily\n\n# end\n", "# top\nfeeds:\n- url: https://one.example/rss # daily\n- name: Two\n  url: https://two.example/rss\n\n# end\n")]
    [InlineData("feeds:\n    - url: https://one.example/rss", "feeds:\n    - url: https://one.example/rss\n    - name: Two\n      url: https://two.example/rss\n")]
    [InlineData("feeds:\r\n  - url: https://one.example/rss\r\n", "feeds:\r\n  - url: https://one.example/rss\r\n  - name: Two\r\n    url: https://two.example/rss\r\n")]
    [InlineData("feeds:\n  - {url: https://one.example/rss, name: One}\n", "feeds:\n  - {url: https://one.example/rss, name: One}\n  - name: Two\n    url: https://two.example/rss\n")]
    [InlineData("feeds:\n  - name: >\n      One\n    url: https://one.example/rss\n    tags:\n      - a\n      - b\n\n\n# end", "feeds:\n  - name: >\n      One\n    url: https://one.example/rss\n    tags:\n      - a\n      - b\n  - name: Two\n    url: https://two.example/rss\n\n\n# end")]
    public void A_feed_is_put_behind_the_last_one_and_the_rest_stays_as_it_was(string before, string after)
    {
        var list = Written("feeds.yaml", before);

        Lists(list).Add([Two]);

        Assert.Equal(after, File.ReadAllText(list));
    }

    [Theory]
    [InlineData("feeds:\n  # the first\n  - url: https://one.example/rss\n\n  # the second\n  - url: https://two.example/rss\n    name: Two\n\n  # the third\n  - url: https://three.example/rss\n", "feeds:\n  # the first\n  - url: https://one.example/rss\n\n  # the third\n  - url: https://three.example/rss\n")]
    [InlineData("feeds:\n  # Dutch ones\n  - url: https://two.example/rss\n  - url: https://one.example/rss\n", "feeds:\n  # Dutch ones\n  - url: https://one.example/rss\n")]
    [InlineData("# all mine\nfeeds:\n  # two\n  # lines\n  - url: https://two.example/rss\n  # one\n  - url: https://one.example/rss\n", "# all mine\nfeeds:\n  # one\n  - url: https://one.example/rss\n")]
    [InlineData("feeds:\n  - url: https://one.example/rss\n# off for now:\n#  - url: https://three.example/rss\n  # two\n  - url: https://two.example/rss\n", "feeds:\n  - url: https://one.example/rss\n# off for now:\n#  - url: https://three.example/rss\n")]
    [InlineData("feeds:\n  - {name: Two, url: 'https://two.example/rss'}\n  - url: https://one.example/rss\n", "feeds:\n  - url: https://one.example/rss\n")]
    public void A_removed_feed_takes_its_own_lines_and_comment_along_and_nothing_else(string before, string after)
    {
        var list = Written("feeds.yaml", before);

        Lists(list).Remove(Two);

        Assert.Equal(after, File.ReadAllText(list));
    }

    [Theory]
    [InlineData("feeds:\n  - url: https://two.example/rss\n    name: Two # ours\n# end\n", "feeds:\n  - url: https://two.example/rss\n    name: Two # ours\n    enabled: false\n# end\n")]
    [InlineData("feeds:\n  - enabled: true # for now\n    url: https://two.example/rss\n", "feeds:\n  - enabled: false # for now\n    url: https://two.example/rss\n")]
    [InlineData("feeds:\n  - {name: Two, url: 'https://two.example/rss'}\n", "feeds:\n  - {name: Two, url: 'https://two.example/rss', enabled: false}\n")]
    public void A_feed_is_switched_off_in_place(string before, string after)
    {
        var list = Written("feeds.yaml", before);

        Lists(list).SetEnabled(Two, enabled: false);

        Assert.Equal(after, File.ReadAllText(list));
    }

    [Fact]
    public void What_was_added_reads_back_as_it_was_meant()
    {
        var list = Written("feeds.yaml", "feeds:\n  - name: One\n    url: https://one.example/rss\n");

        Lists(list).Add([Fresh, Two with { Enabled = false, Cron = "0 0/30 6-22 * * ?" }]);

        Assert.Equal([One, Fresh, Two with { Enabled = false, Cron = "0 0/30 6-22 * * ?" }], Lists(list).Read());
    }

    [Fact]
    public void Opml_is_left_alone_and_what_is_added_stands_beside_it()
    {
        var opml = OpmlFeedList.Write([One, Two]);
        var list = Written("feeds.opml", opml);
        var lists = Lists(list);

        var where = lists.Add([Fresh]);
        lists.SetEnabled(One, enabled: false);
        var removed = lists.Remove(Two);

        Assert.Equal($"{lists.Added} ({list} is OPML, which FeedWatch reads and does not write)", where);
        Assert.Contains("it still stands in the list", removed, StringComparison.Ordinal);
        Assert.Equal([One with { Enabled = false }, Two with { Enabled = false }, Fresh], lists.Read());
        Assert.Equal(opml, File.ReadAllText(list));
    }

    [Fact]
    public void A_read_only_list_is_left_alone()
    {
        var list = Written("feeds.yaml", "feeds:\n  - name: One\n    url: https://one.example/rss\n");
        File.SetAttributes(list, FileAttributes.ReadOnly);

        Lists(list).Add([Two]);

        Assert.Equal([One, Two], Lists(list).Read());
        Assert.DoesNotContain("two", File.ReadAllText(list), StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_to_a_list_stays_one_and_its_rights_stay_too()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no such rights.");
            return;
        }

        var real = Written("real.yaml", "feeds:\n  - name: One\n    url: https://one.example/rss\n");
        File.SetUnixFileMode(real, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        var link = Path.Combine(folder.FullName, "feeds.yaml");
        File.CreateSymbolicLink(link, real);

        Lists(link).Add([Two]);

        Assert.Equal([One, Two], FeedList.Read(real));
        Assert.Equal(real, new FileInfo(link).LinkTarget);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead, File.GetUnixFileMode(real));
        Assert.Equal(["feeds.yaml", "real.yaml"], folder.GetFiles().Select(f => f.Name).Order());
    }

    [Fact]
    public async Task Many_edits_at_once_lose_nothing()
    {
        var list = Written("feeds.yaml", "feeds:\n  - name: One\n    url: https://one.example/rss\n");
        var fresh = Enumerable.Range(1, 40).Select(i => new ListedFeed(new Uri($"https://f{i}.example/rss"), $"Feed {i}")).ToList();

        await Task.WhenAll(fresh.Select(f => Task.Factory.StartNew(() => Lists(list).Add([f]), TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

        Assert.Equal([One, .. fresh.OrderBy(f => f.Name)], [One, .. FeedList.Read(list).Skip(1).OrderBy(f => f.Name)]);
        Assert.Equal(["feeds.yaml"], folder.GetFiles().Select(f => f.Name));
    }

    [Fact]
    public void A_feed_that_another_edit_added_meanwhile_is_not_added_twice()
    {
        var list = Written("feeds.yaml", "feeds:\n  - name: One\n    url: https://one.example/rss\n");
        Lists(list).Add([Two]);

        var fault = Assert.Throws<FeedListException>(() => Lists(list).Add([Two with { Name = "Twin" }]));

        Assert.Contains("is in", fault.Message, StringComparison.Ordinal);
        Assert.Equal([One, Two], FeedList.Read(list));
    }

    [Fact]
    public void A_list_in_brackets_is_not_torn_apart()
    {
        var text = "feeds: [{url: 'https://one.example/rss'}]\n";
        var list = Written("feeds.yaml", text);

        var fault = Assert.Throws<FeedListException>(() => Lists(list).Add([Two]));

        Assert.Contains($"{list}:1: the feeds stand in brackets", fault.Message, StringComparison.Ordinal);
        Assert.Equal(text, File.ReadAllText(list));
    }

    [Fact]
    public void The_last_feed_is_not_removed_since_an_empty_list_would_be_refused()
    {
        var list = Written("feeds.yaml", "feeds:\n  - name: One\n    url: https://one.example/rss\n");

        Assert.Contains("is the only feed", Assert.Throws<FeedListException>(() => Lists(list).Remove(One)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_starter_list_grows_in_the_data_folder()
    {
        var lists = Lists(null);

        lists.Add([Two]);

        Assert.Equal(Two, lists.Read()[^1]);
        Assert.Equal(["added-feeds.yaml"], folder.GetFiles().Select(f => f.Name));
    }

    [Fact]
    public void Exported_opml_is_read_back_as_the_same_list()
    {
        ListedFeed[] feeds = [One, Fresh, Two with { Enabled = false, Cron = "0 0/30 6-22 * * ?" }];

        Assert.Equal(feeds, FeedList.Read(Written("out.opml", OpmlFeedList.Write(feeds))));
    }

    private FeedLists Lists(string? file) => new(file, folder.FullName);

    private string Written(string name, string text)
    {
        var path = Path.Combine(folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
