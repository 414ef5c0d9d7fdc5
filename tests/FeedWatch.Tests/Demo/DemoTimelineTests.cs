using System.Runtime.CompilerServices;
using FeedWatch.Chat.Channels.Local;
using FeedWatch.Chat.Posts;
using FeedWatch.Commands.Replaying;
using FeedWatch.Contracts;
using FeedWatch.Demo;
using FeedWatch.Detection;

namespace FeedWatch.Tests.Demo;

public sealed class DemoTimelineTests(ITestOutputHelper output)
{
    [Fact]
    public void Every_article_of_the_demo_is_what_its_author_says_it_is()
    {
        var detector = TakedownDetector.BuiltIn();

        var wrong = DemoTimeline.Load().Items
            .Select(i => (Item: i, Verdict: detector.Examine(new ArticleText(i.Title, i.Summary, i.Content))))
            .Where(x => x.Verdict.Alert != (x.Item.Expect is "takedown" or "followup"))
            .Select(x => $"{x.Item.Title}: expected {x.Item.Expect}, said {x.Verdict.Label} ({x.Verdict.Score:0.00})");

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task The_demo_shows_all_that_can_become_of_an_incident()
    {
        var timeline = DemoTimeline.Load();
        await using var run = ReplayRun.Begin(TakedownDetector.BuiltIn(), TimeSpan.FromSeconds(3));

        foreach (var item in timeline.Items.OrderBy(i => i.Offset)) await run.TellAsync(Item(timeline, item), TestContext.Current.CancellationToken);
        await run.FinishAsync(TestContext.Current.CancellationToken);

        output.WriteLine(string.Join('\n', run.Events.OfType<IncidentEvent>().Select(e => $"{EventTypes.Of(e)} {e.Severity} {e.Title}")));
        var detected = run.Events.OfType<IncidentDetected>().ToList();
        Assert.Equal(["Noctafone", "", "Sombrafón", "EncroChat", "Kelpline"], detected.Select(e => e.Networks.FirstOrDefault(n => n.About)?.Name ?? ""));
        var noctafone = detected[0].IncidentId;
        var arrests = run.Events.OfType<IncidentUpdated>().Where(e => e.IncidentId == noctafone)
            .Select(e => e.Changes.FirstOrDefault(c => c.Figure is { Kind: "arrests", Scope: "world" })?.Figure!.Value).OfType<decimal>().ToList();
        Assert.True(arrests.Count > 1 && arrests.SequenceEqual(arrests.Order()), "its arrests grow from update to update");
        Assert.Equal((noctafone, detected[1].IncidentId), run.Events.OfType<IncidentMerged>().Select(e => (e.IncidentId, e.Absorbed.Single().IncidentId)).Single());
        Assert.Equal((noctafone, detected[4].IncidentId), run.Events.OfType<IncidentSplit>().Select(e => (e.IncidentId, e.SplitOff.Single().IncidentId)).Single());
        Assert.Contains(timeline.Items, i => i.TakenBackAfter > i.Offset && i.Expect == "takedown");
        var known = (await run.IncidentsAsync(TestContext.Current.CancellationToken)).Single(i => i.Id == noctafone);
        Assert.True(known.Book.Standing.Single(e => e is { Kind: "arrests", Scope: "world" }).Claims.Count > 2, "who says what is kept");
    }

    [Fact]
    public async Task The_alert_in_the_readme_is_the_demos()
    {
        var timeline = DemoTimeline.Load();
        var first = timeline.Items.First(i => i.Expect == "takedown");
        await using var run = ReplayRun.Begin(TakedownDetector.BuiltIn(), TimeSpan.FromSeconds(3));

        await run.TellAsync(Item(timeline, first), TestContext.Current.CancellationToken);

        var text = ConsoleAlert.Of(EventPost.Of(run.Events.OfType<IncidentDetected>().Single()), 80).ToString()!.ReplaceLineEndings("\n");
        var readme = (await File.ReadAllTextAsync(Path.Combine(Here(), "../../../README.md"), TestContext.Current.CancellationToken)).ReplaceLineEndings("\n");
        Assert.Equal(UpToEvidence(text), UpToEvidence(readme[readme.IndexOf("BREAKING", StringComparison.Ordinal)..]));
    }

    // Which sentences are quoted first goes with the weights, which are fitted anew; time and port are others in each demo.
    private static string UpToEvidence(string text) => text[..text.IndexOf("  evidence ", StringComparison.Ordinal)];

    private static ReplayItem Item(DemoTimeline timeline, DemoItem item)
    {
        var outlet = timeline.Feeds.Single(f => f.Id == item.Feed);
        return new ReplayItem(item.Path, item.Title, item.Summary, item.Content, outlet.Language, new Uri($"http://127.0.0.1{item.Path}"), outlet.Name, new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero) + item.PublishedAfter);
    }

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
