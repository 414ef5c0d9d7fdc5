using System.Text.Json;
using FeedWatch.Commands;
using FeedWatch.Commands.Replaying;
using FeedWatch.Detection;
using FeedWatch.Storage;
using FeedWatch.Tests.Testing;

namespace FeedWatch.Tests.Commands;

public sealed class ReplayTests
{
    private const string First = """{"id":"a","title":"Police take down encrypted phone network EncroChat","summary":"Police in France and the Netherlands have dismantled EncroChat, an encrypted phone network used by criminals. 60 people were arrested.","lang":"en","source":"Courier","link":"https://courier.example/1","date":"2020-07-02T08:00:00Z"}""";
    private const string Same = """{"id":"b","title":"EncroChat rolled up: 60 arrests","summary":"Police in France and the Netherlands have taken down the encrypted phone network EncroChat; 60 people were arrested.","lang":"en","source":"Post","link":"https://post.example/1","date":"2020-07-02T09:00:00Z"}""";
    private const string More = """{"id":"c","title":"EncroChat takedown: more than 100 arrests","summary":"Dutch police have now arrested 104 suspects after the takedown of the encrypted phone network EncroChat.","lang":"en","source":"Times","link":"https://times.example/1","date":"2020-07-02T12:00:00Z"}""";
    private const string Other = """{"id":"d","title":"Storm over the North Sea","summary":"Ferries stay in port.","date":"2020-07-02T10:00:00Z"}""";

    [Fact]
    public async Task Every_article_is_answered_with_its_incident_and_what_it_would_have_led_to()
    {
        var answers = await ReplayAsync(More, Other, Same, First);

        Assert.Equal(["c", "d", "b", "a"], answers.Select(a => a.GetProperty("article").GetString()));
        Assert.Equal(["incident.updated", "none", "article.matched", "incident.detected"], answers.Select(a => a.GetProperty("event").GetString()));
        Assert.Equal(JsonValueKind.Null, answers[1].GetProperty("incident").ValueKind);
        Assert.Single(answers.Where(a => a.GetProperty("incident").ValueKind == JsonValueKind.String).Select(a => a.GetProperty("incident").GetString()).Distinct());
    }

    [Fact]
    public async Task An_explainer_belongs_to_its_incident_and_leads_to_nothing()
    {
        const string explainer = """{"id":"e","title":"How EncroChat worked","summary":"What the encrypted handsets of EncroChat cost, and who sold them.","date":"2020-07-01T10:00:00Z"}""";

        var answers = await ReplayAsync(First, explainer);

        Assert.Equal(("none", answers[0].GetProperty("incident").GetString()), (answers[1].GetProperty("event").GetString(), answers[1].GetProperty("incident").GetString()));
    }

    [Theory]
    [InlineData("no json", ":2: not an article in JSON")]
    [InlineData("""{"title":"x","date":"the day after"}""", ":2: 'the day after' is no date")]
    public async Task A_line_that_cannot_be_read_is_named(string line, string fault)
    {
        var wrong = await Assert.ThrowsAsync<BadInputException>(() => ReplayAsync(First, line));

        Assert.Contains(fault, wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_service_told_is_told_again_and_compared()
    {
        await using var feeds = await FeedServer.ServingAsync(AFeed.With(
            AFeed.Takedown(arrests: 38, published: Watch.Start),
            AFeed.Takedown(arrests: 45, link: "https://post.example/1", published: Watch.Start)));
        await using var watch = await Watch.OverAsync(feeds);
        await watch.PollAsync();

        var then = await ReplayedStore.ReadAsync(new StorageOptions { DataFolder = watch.Folder }, Watch.Start.AddDays(-1), TestContext.Current.CancellationToken);
        await using var run = ReplayRun.Begin(TakedownDetector.BuiltIn(), TimeSpan.FromMinutes(10));
        foreach (var item in then.Items) await run.TellAsync(item, TestContext.Current.CancellationToken);
        await run.FinishAsync(TestContext.Current.CancellationToken);

        Assert.Equal("\nThen: 2 articles in 1 incidents. Today: 2 articles in 1 incidents.\n", then.Difference(run));
    }

    [Fact]
    public async Task A_folder_without_a_store_is_named() =>
        Assert.Contains("no store of FeedWatch", (await Assert.ThrowsAsync<BadInputException>(
            () => ReplayedStore.ReadAsync(new StorageOptions { DataFolder = "/nowhere" }, Watch.Start, TestContext.Current.CancellationToken))).Message, StringComparison.Ordinal);

    private static async Task<List<JsonElement>> ReplayAsync(params string[] lines)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllLinesAsync(file, lines);
            var items = await ReplayItem.ReadAsync(file, TestContext.Current.CancellationToken);
            await using var run = ReplayRun.Begin(TakedownDetector.BuiltIn(), TimeSpan.FromMinutes(10));
            foreach (var item in items.OrderBy(i => i.At)) await run.TellAsync(item, TestContext.Current.CancellationToken);
            await run.FinishAsync(TestContext.Current.CancellationToken);
            var output = new StringWriter();
            await ReplayCommand.WriteLinesAsync(run, items, output);
            return [.. output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement)];
        }
        finally
        {
            File.Delete(file);
        }
    }
}
