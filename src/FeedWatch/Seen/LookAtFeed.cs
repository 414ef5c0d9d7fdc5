using FeedWatch.Parsing;

namespace FeedWatch.Seen;

/// <param name="Id">UUIDv5 of what identifies the article.</param>
/// <param name="Article">As the feed has it; what a search engine found, as its outlet would have it.</param>
/// <param name="Outlet">Who published it, where a search engine found it; null where the feed is the outlet's own.</param>
internal sealed record NewArticle(Guid Id, Article Article, Outlet? Outlet);

/// <summary>A feed beside what stood in it last time.</summary>
internal sealed class LookAtFeed
{
    public static readonly LookAtFeed Unchanged = new();

    /// <summary>Articles that were never seen before, in feed order. An entry that stands twice in the feed comes once.</summary>
    public IReadOnlyList<NewArticle> New { get; init; } = [];

    /// <summary>Articles that stood here and say something else now.</summary>
    public IReadOnlyList<NewArticle> Edited { get; init; } = [];

    /// <summary>Articles that came to stand here and are known: from another feed, or under another address or guid.</summary>
    public IReadOnlyList<KnownArticle> Known { get; init; } = [];

    /// <summary>All that stand in the feed; null where nothing came or changed, so that there is nothing to write.</summary>
    public Dictionary<Guid, Mark>? Standing { get; init; }

    /// <summary>Known ones that came to stand here or left: from now on their age counts anew.</summary>
    public IReadOnlyList<Guid> Touched { get; init; } = [];

    /// <summary>The article is too old to be told, and so are its edits.</summary>
    public void PassOver(Guid article) => Standing![article] = Standing[article] with { Text = Mark.PassedOver };
}

/// <param name="As">The id under which it was first seen.</param>
internal sealed record KnownArticle(NewArticle Article, Guid As);
