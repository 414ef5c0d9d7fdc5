namespace FeedWatch.Health;

/// <summary>One thing that must be well for FeedWatch to do its work.</summary>
/// <param name="Name">As people call it: <c>polling</c>, <c>database</c>.</param>
/// <param name="IsVital">Where it is not well the process is not alive, and only a new start helps. Else the process is alive and not ready, and goes on by itself.</param>
/// <param name="Look">Null while all is well. Takes no time and asks nobody.</param>
internal sealed record Check(string Name, bool IsVital, Func<Trouble?> Look)
{
    /// <summary>A loop that must not fall silent.</summary>
    public static Check OfLoop(string name, Heartbeat heartbeat, TimeSpan stuckAfter) => OfLoops(name, () => (heartbeat.Silence, ""), stuckAfter);

    /// <summary>Several of them.</summary>
    /// <param name="name">Of the check.</param>
    /// <param name="silence">Of the one that is silent the longest, and what it does; null where none is.</param>
    /// <param name="stuckAfter">How long one may be silent.</param>
    public static Check OfLoops(string name, Func<(TimeSpan Silence, string Which)?> silence, TimeSpan stuckAfter) => new(
        name,
        IsVital: true,
        () => silence() is var (time, which) && time > stuckAfter
            ? new Trouble($"{(which.Length > 0 ? which + ": " : "")}nothing has moved for {time.TotalSeconds:0} s", "Start FeedWatch again: what it left undone is taken up. If this comes back, report it with the log.")
            : null);
}

/// <param name="Why">What is not well, in its own words.</param>
/// <param name="Remedy">What to do about it, as a sentence.</param>
internal sealed record Trouble(string Why, string Remedy)
{
    /// <summary>Where it is known better than by when it was seen.</summary>
    public DateTimeOffset? Since { get; init; }
}
