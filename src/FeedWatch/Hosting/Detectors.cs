using FeedWatch.Detection;

namespace FeedWatch.Hosting;

/// <summary>The detector that the settings ask for.</summary>
internal static class Detectors
{
    public static TakedownDetector From(DetectionOptions options) =>
        TakedownDetector.BuiltIn(new DetectorOptions(options.AlertThreshold, options.UndecidedThreshold));
}
