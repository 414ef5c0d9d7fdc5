using FeedWatch.Chat.Wording;
using FeedWatch.Contracts;

namespace FeedWatch.Chat.Posts;

/// <summary>
/// An event as it is to be read, made once for every chat. All text is harmless plain text of one line, not yet escaped for any chat;
/// what is empty is not shown.
/// </summary>
internal sealed record Post
{
    /// <summary>The language that it is in, for the labels.</summary>
    public Words Words { get; init; } = Words.English;

    /// <summary>"BREAKING"; "NOTICE" where FeedWatch speaks of itself.</summary>
    public required string Badge { get; init; }

    /// <summary>Null where FeedWatch speaks of itself.</summary>
    public Severity? Severity { get; init; }

    /// <summary>"takedown", "update"; the event's type where FeedWatch speaks of itself.</summary>
    public required string Kind { get; init; }

    /// <summary>The networks, or the feed.</summary>
    public string About { get; init; } = "";

    /// <summary>The headline; a whole sentence where FeedWatch speaks of itself. Never empty.</summary>
    public required string Title { get; init; }

    /// <summary>One or two sentences: what happened.</summary>
    public string Lead { get; init; } = "";

    /// <summary>What the report says, quoted and under its name.</summary>
    public string Report { get; init; } = "";

    /// <summary>What is new, in an update.</summary>
    public IReadOnlyList<Fact> Changes { get; init; } = [];

    /// <summary>Networks, operations, agencies, countries.</summary>
    public IReadOnlyList<Fact> Facts { get; init; } = [];

    /// <summary>One line for each kind of figure.</summary>
    public IReadOnlyList<Fact> Figures { get; init; } = [];

    /// <summary>The sentences that speak for the alert, in quotation marks, strongest first.</summary>
    public IReadOnlyList<string> Quotes { get; init; } = [];

    /// <summary>What a burst or a digest lists.</summary>
    public IReadOnlyList<Entry> Entries { get; init; } = [];

    /// <summary>Why it has its severity, and how sure the detector is.</summary>
    public string Why { get; init; } = "";

    /// <summary>The report's outlet, language and date.</summary>
    public string Source { get; init; } = "";

    /// <summary>Who else told it.</summary>
    public string AlsoBy { get; init; } = "";

    /// <summary>The report, an http or https address in ASCII; null where there is none.</summary>
    public string? Link { get; init; }

    /// <summary>What is to be known about the post itself.</summary>
    public string Note { get; init; } = "";

    public required DateTimeOffset Time { get; init; }

    /// <summary>All of it in an operator's own words, in the place of what is above; null where ours stand.</summary>
    public IReadOnlyList<Line>? Lines { get; init; }
}

/// <summary>A label and what stands beside it.</summary>
internal readonly record struct Fact(string Label, string Text);

/// <summary>One of several incidents; badge and detail are empty where it has none.</summary>
internal sealed record Entry(string Badge, string Title, string Detail, string? Link);
