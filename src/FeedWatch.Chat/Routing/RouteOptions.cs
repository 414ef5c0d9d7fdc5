using FeedWatch.Contracts;

namespace FeedWatch.Chat.Routing;

/// <summary>
/// An event takes a route when its type and all the conditions that are set suit it; it is posted once to a channel however many routes lead
/// there. A condition binds the events that have such a thing: a feed's trouble has no severity and passes by that condition, an incident
/// whose country is unknown has one and does not suit. What comes later of an incident goes where its first post went.
/// </summary>
public sealed class RouteOptions
{
    /// <summary>
    /// Event types, where <c>*</c> stands for anything, for example <c>incident.*</c>; with none, <c>incident.*</c>, <c>burst.summary</c>,
    /// <c>digest</c> and <c>channel.*</c>.
    /// </summary>
    public IList<string> Events { get; } = [];

    /// <summary>The least severity: <c>Info</c>, <c>Minor</c>, <c>Major</c> or <c>Breaking</c>; any where it is not set.</summary>
    public Severity? MinimumSeverity { get; set; }

    /// <summary>Networks that it is about, by name or slug, one of them at least; any with none.</summary>
    public IList<string> Networks { get; } = [];

    /// <summary>ISO 3166 alpha-2 codes of countries that it names, or that a feed is from, one of them at least; any with none.</summary>
    public IList<string> Countries { get; } = [];

    /// <summary>ISO 639-1 codes of the article's or the feed's language; any with none.</summary>
    public IList<string> Languages { get; } = [];

    /// <summary>What the article is to its incident: <c>Takedown</c> or <c>Followup</c>; either with none.</summary>
    public IList<ArticleLabel> Labels { get; } = [];

    /// <summary>The least score of the article, 0 to 1.</summary>
    public double? MinimumScore { get; set; }

    /// <summary>Names of digests (<c>Alerts:Digests:N:Name</c>); any with none.</summary>
    public IList<string> Digests { get; } = [];

    /// <summary>Names of channels; with none, every channel.</summary>
    public IList<string> Channels { get; } = [];
}
