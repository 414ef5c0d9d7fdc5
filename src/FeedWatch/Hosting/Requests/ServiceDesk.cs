using FeedWatch.Chat.Commanding;
using FeedWatch.Contracts;
using FeedWatch.Detecting;
using FeedWatch.Detection;
using FeedWatch.Incidents;
using FeedWatch.Incidents.Correcting;
using FeedWatch.Publishing;
using FeedWatch.Reports;
using FeedWatch.Storage;

namespace FeedWatch.Hosting.Requests;

/// <summary>What bots may ask of the service: to take an incident back, and why an article would alert.</summary>
internal sealed class ServiceDesk(Database database, Outbox outbox, LiveDetector detector) : IRequestDesk
{
    private const int LongestReason = 300;

    /// <summary>Longer than a request stays fresh on any clock that is not refused.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromHours(1);

    public string Queue => RequestListener.ExchangeName;

    public IReadOnlyList<string> Commands => [RequestTypes.Retract, RequestTypes.Explain];

    public Task<BotReply?> AnswerAsync(BotRequest request, DateTimeOffset now, CancellationToken cancellationToken) => database.WriteAsync(
        async session =>
        {
            await session.ExecuteAsync("delete from requests where asked_at < @Before", new { Before = (now - Remembered).ToUnixTimeMilliseconds() });
            var isNew = await session.ExecuteAsync(
                "insert into requests (id, asked_at) values (@Id, @Now) on conflict (id) do nothing",
                new { request.Id, Now = now.ToUnixTimeMilliseconds() }) > 0;
            return !isNew ? null : request switch
            {
                RetractRequest retract => await RetractAsync(session, retract, now),
                ExplainRequest explain => Explain(explain),
                _ => new BotReply { Id = request.Id, Done = false, Message = "The service does not know this command; send it with its own routing key." },
            };
        },
        cancellationToken);

    private async Task<BotReply> RetractAsync(Session session, RetractRequest request, DateTimeOffset now)
    {
        var reason = Parsing.HtmlText.Shortened(request.Reason.Trim(), LongestReason);
        if (reason.Length == 0) return new BotReply { Id = request.Id, Done = false, Message = "Say why: reason is empty." };
        var ids = await IncidentBook.NamedAsync(session, $"{request.IncidentId}"); // one that was merged leads to the one that goes on
        if (ids.Count == 0 || await Retraction.RetractAsync(session, ids[0], reason, now) is not { } retracted)
            return new BotReply { Id = request.Id, Done = false, Message = "There is no such incident, or it was taken back before." };
        await outbox.AddAsync(session, [retracted]);
        return new BotReply { Id = request.Id, Done = true, Message = $"Taken back: {retracted.Title}" };
    }

    private BotReply Explain(ExplainRequest request)
    {
        var text = new ArticleText(request.Title, request.Summary ?? "", request.Content ?? "");
        var verdict = detector.Current.Examine(text);
        return new BotReply
        {
            Id = request.Id,
            Done = true,
            Message = verdict.Alert ? "People would be told." : "Nobody would be told.",
            Explained = new Explained
            {
                Alert = verdict.Alert,
                Label = verdict.Label.ToString().ToLowerInvariant(),
                Score = Math.Round(verdict.Score, 3),
                Networks = [.. verdict.Networks.OrderByDescending(n => n.About).Select(n => new NetworkReference { Name = n.Name, Slug = RoutingKey.Slug(n.Name), Listed = n.Listed, About = n.About })],
                Evidence = Quotes.From(text, verdict),
                Reasons = verdict.Reasons,
            },
        };
    }
}
