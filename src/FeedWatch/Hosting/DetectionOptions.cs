using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace FeedWatch.Hosting;

/// <summary>What counts as an alert: section <c>Detection</c>.</summary>
internal sealed class DetectionOptions
{
    public const string Section = "Detection";

    /// <summary>Score from which an event is told.</summary>
    [Range(0.01, 1.0)]
    public double AlertThreshold { get; set; } = 0.5;

    /// <summary>Score from which an article that is no alert deserves a look at its full text.</summary>
    [Range(0.0, 1.0)]
    public double UndecidedThreshold { get; set; } = 0.2;

    /// <summary>A folder of lexicon files that extend or replace the built-in ones.</summary>
    public string? LexiconFolder { get; set; }
}

[OptionsValidator]
internal sealed partial class DetectionOptionsValidator : IValidateOptions<DetectionOptions>;
