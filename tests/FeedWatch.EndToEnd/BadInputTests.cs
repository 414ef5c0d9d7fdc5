
namespace FeedWatch.EndToEnd;

/// <summary>What people get wrong: one clear line, the right exit code, no stack trace.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("feedwatch-bad-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData(64, "Unrecognized command or argument", "run", "--onec")]
    [InlineData(64, "Unrecognized command or argument", "fly")]
    [InlineData(64, "parse needs a FILE", "parse")]
    [InlineData(64, "--Fetching:Timeout needs a value.", "run", "--Fetching:Timeout")]
    [InlineData(78, "There is no setting 'Fetching:Timeuot'. Did you mean 'Fetching:Timeout'?", "run", "--once", "--Fetching:Timeuot", "5s")]
    [InlineData(78, "Fetching:Timeout 'soon' is no span of time", "run", "--once", "--Fetching:Timeout", "soon")]
    [InlineData(78, "Chat:Channels:0:Type 'discrod' is unknown", "run", "--once", "--Chat:Channels:0:Type", "discrod")]
    [InlineData(78, "Serilog:Console 'loud' is unknown", "run", "--once", "--Serilog:Console", "loud")]
    [InlineData(78, "cannot be written", "run", "--once", "--data", "/proc/feedwatch")]
    [InlineData(2, "nowhere.yaml cannot be read", "run", "--once", "--feeds", "nowhere.yaml")]
    [InlineData(2, "nowhere.xml cannot be read", "parse", "nowhere.xml")]
    [InlineData(2, "nowhere.txt cannot be read", "explain", "nowhere.txt")]
    public async Task It_is_said_in_one_line_with_the_right_exit_code(int code, string said, params string[] arguments)
    {
        string[] data = arguments.Contains("--once") && !arguments.Contains("--data") ? ["--data", folder.FullName] : [];

        var run = await FeedWatchProcess.RunAsync([.. arguments, .. data]);

        Assert.Equal(code, run.Code);
        Assert.Contains(said, run.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_that_is_no_json_is_named_and_the_others_are_answered()
    {
        var input = Path.Combine(folder.FullName, "in.jsonl");
        await File.WriteAllTextAsync(input, "{\"id\":\"1\",\"title\":\"Quiet day\"}\n{oops\n{\"id\":\"3\",\"title\":\"Quiet night\"}\n", TestContext.Current.CancellationToken);

        var run = await FeedWatchProcess.RunWithInputAsync(input, "detect");

        Assert.Equal(2, run.Code);
        Assert.Equal(2, run.Output.Count);
        Assert.Contains("line 2: not an article in JSON", run.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_feed_list_that_is_a_web_page_is_refused()
    {
        var list = Path.Combine(folder.FullName, "feeds.opml");
        await File.WriteAllTextAsync(list, "<html><body>sign in</body></html>", TestContext.Current.CancellationToken);

        var run = await FeedWatchProcess.RunAsync("run", "--once", "--feeds", list, "--data", folder.FullName);

        Assert.Equal(2, run.Code);
        Assert.Contains($"{list}:1: this is XML, but <html> is no OPML", run.Log, StringComparison.Ordinal);
    }
}
