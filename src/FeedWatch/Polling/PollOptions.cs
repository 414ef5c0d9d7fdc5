using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace FeedWatch.Polling;

/// <summary>How often feeds are asked, and how many at once: section <c>Polling</c>.</summary>
internal sealed class PollOptions
{
    public const string Section = "Polling";

    /// <summary>No feed is polled more often than this, whatever it says. Publishers block who asks every minute.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan MinimumInterval { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>No feed waits longer than this, however often it failed.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "31.00:00:00")]
    public TimeSpan MaximumInterval { get; set; } = TimeSpan.FromHours(24);

    /// <summary>Feeds polled at the same time.</summary>
    [Range(1, 1024)]
    public int Concurrency { get; set; } = 64;

    /// <summary>Feeds of one host polled at the same time.</summary>
    [Range(1, 64)]
    public int PerHost { get; set; } = 1;

    /// <summary>Time between two polls of one host.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan HostSpacing { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a feed has not been read, at three polls in a row at least, when that is told.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "31.00:00:00")]
    public TimeSpan FailingAfter { get; set; } = TimeSpan.FromHours(1);

    /// <summary>After this time a poll that was never recorded counts as dead and its feed may be claimed again. Longer than Fetching:Timeout.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "01:00:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(30);
}

[OptionsValidator]
internal sealed partial class PollOptionsValidator : IValidateOptions<PollOptions>;

internal sealed class PollOptionsRules : IValidateOptions<PollOptions>
{
    public ValidateOptionsResult Validate(string? name, PollOptions options) => options.MaximumInterval < options.MinimumInterval
        ? ValidateOptionsResult.Fail($"Polling:MaximumInterval ({options.MaximumInterval}) is shorter than Polling:MinimumInterval ({options.MinimumInterval}).")
        : ValidateOptionsResult.Success;
}
