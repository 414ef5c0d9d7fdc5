using System.ComponentModel.DataAnnotations;
using FeedWatch.Incidents.Telling;
using Microsoft.Extensions.Options;

namespace FeedWatch.Incidents;

/// <summary>What is told, and when: section <c>Alerts</c>.</summary>
internal sealed class AlertOptions
{
    public const string Section = "Alerts";

    /// <summary>At the first poll of a feed, articles older than this, or without a date, are recorded and not told. Up to ten years.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "3660.00:00:00")]
    public TimeSpan MaxAge { get; set; } = TimeSpan.FromHours(48);

    /// <summary>How long new facts of a known incident gather before they are told as one update.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan UpdateWindow { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>More incident events than this from one poll of one feed reach chats as one summary.</summary>
    [Range(1, 10_000)]
    public int BurstCap { get; set; } = 20;

    /// <summary>Digests of what happened; none with none. Chats are told those that a route brings them.</summary>
    public IList<DigestOptions> Digests { get; } = [];
}

[OptionsValidator]
internal sealed partial class AlertOptionsValidator : IValidateOptions<AlertOptions>;
