using FeedWatch.Contracts;

namespace FeedWatch.Chat.Holding;

/// <summary>
/// What waited for a channel, with the updates of an incident as one post: a first post that waits itself takes the newest facts, updates
/// become the last of them with all that changed. What is joined, split or taken back is told by itself, and in its place.
/// </summary>
internal static class UpdateFold
{
    /// <param name="waiting">In the order in which it came; a body that cannot be read has no event.</param>
    public static IReadOnlyList<FoldedPost> Fold(IEnumerable<(long Seq, FeedWatchEvent? Event)> waiting)
    {
        var posts = new List<FoldedPost>();
        var open = new Dictionary<Guid, FoldedPost>();
        foreach (var (seq, @event) in waiting)
        {
            var post = new FoldedPost(seq, @event, []);
            if (@event is IncidentUpdated update && open.TryGetValue(update.IncidentId, out var before))
            {
                var both = before.Event is IncidentDetected first
                    ? before with { Event = Newest(first, update), Within = [.. before.Within, seq] }
                    : post with { Event = Joined((IncidentUpdated)before.Event!, update), Within = [.. before.Within, before.Seq] };
                if (both.Seq == seq)
                {
                    posts.Remove(before);
                    posts.Add(both);
                }
                else
                {
                    posts[posts.IndexOf(before)] = both;
                }

                open[update.IncidentId] = both;
                continue;
            }

            posts.Add(post);
            if (@event is not IncidentEvent incident) continue;
            if (incident is IncidentDetected or IncidentUpdated) open[incident.IncidentId] = post;
            else open.Remove(incident.IncidentId);
        }

        return posts;
    }

    private static IncidentDetected Newest(IncidentDetected first, IncidentUpdated update) => first with
    {
        Sequence = update.Sequence,
        Title = update.Title,
        Severity = update.Severity,
        SeverityReason = update.SeverityReason,
        KnownSince = update.KnownSince,
        Networks = update.Networks,
        Operations = update.Operations,
        Agencies = update.Agencies,
        Countries = update.Countries,
        Figures = update.Figures,
        Sources = update.Sources,
    };

    private static IncidentUpdated Joined(IncidentUpdated earlier, IncidentUpdated later) =>
        ChangeList.Joined([earlier.Changes, later.Changes]) is { Count: > 0 } changes ? later with { Changes = changes } : later;
}

/// <param name="Seq">The delivery that is posted.</param>
/// <param name="Event">What it says; null where this version cannot read it.</param>
/// <param name="Within">Deliveries that it tells with itself.</param>
internal sealed record FoldedPost(long Seq, FeedWatchEvent? Event, IReadOnlyList<long> Within);
