using FeedWatch.Detection;

namespace FeedWatch.Hosting;

/// <summary>The detector that the settings ask for.</summary>
internal static class Detectors
{
    /// <exception cref="FeedWatch.Detection.Lexicons.LexiconException">A file of the lexicon folder is wrong; the message names file and line.</exception>
    public static TakedownDetector From(DetectionOptions options)
    {
        var thresholds = new DetectorOptions(options.AlertThreshold, options.UndecidedThreshold);
        return string.IsNullOrEmpty(options.LexiconFolder) ? TakedownDetector.BuiltIn(thresholds) : TakedownDetector.Load(options.LexiconFolder, thresholds);
    }
}
