using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace FeedWatch.Storage;

/// <summary>Where FeedWatch keeps what it must not forget: section <c>Storage</c>.</summary>
internal sealed class StorageOptions
{
    public const string Section = "Storage";

    /// <summary>The folder of <c>feedwatch.db</c> and <c>chat.db</c>; made when it is not there. <c>--data</c> sets it.</summary>
    public string DataFolder { get; set; } = DefaultFolder();

    /// <summary>
    /// How long an article is remembered after it was first seen, or left the last feed it stood in. One that stands in a feed is never
    /// forgotten. Longer than a publisher takes to bring an old article back, or it is told again.
    /// </summary>
    [Range(typeof(TimeSpan), "7.00:00:00", "36500.00:00:00")]
    public TimeSpan KeepArticles { get; set; } = TimeSpan.FromDays(400);

    /// <summary>How long an event is kept in the outbox after it was sent, or taken out by hand. One that waits or was given up stays.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "36500.00:00:00")]
    public TimeSpan KeepSentEvents { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long an incident is kept after its last report; for ever where it is not set. A report that comes later opens a new one.</summary>
    [Range(typeof(TimeSpan), "30.00:00:00", "36500.00:00:00")]
    public TimeSpan? KeepIncidents { get; set; }

    private static string DefaultFolder()
    {
        var local = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return Path.Combine(local.Length > 0 ? local : AppContext.BaseDirectory, "feedwatch");
    }
}

internal sealed class StorageOptionsValidator : IValidateOptions<StorageOptions>
{
    public ValidateOptionsResult Validate(string? name, StorageOptions options) =>
        string.IsNullOrWhiteSpace(options.DataFolder)
            ? ValidateOptionsResult.Fail("Storage:DataFolder is empty; name a folder that FeedWatch may write to.")
            : ValidateOptionsResult.Success;
}

[OptionsValidator]
internal sealed partial class StorageLimitsValidator : IValidateOptions<StorageOptions>;
