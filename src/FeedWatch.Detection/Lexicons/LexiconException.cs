namespace FeedWatch.Detection.Lexicons;

/// <summary>A lexicon file is wrong. The whole set is refused, because half a lexicon detects half of the events in silence.</summary>
/// <param name="file">The file's name.</param>
/// <param name="line">The line, from 1.</param>
/// <param name="reason">What is wrong with it, in one sentence.</param>
public sealed class LexiconException(string file, int line, string reason) : Exception($"{file}, line {line}: {reason}")
{
    /// <summary>The file's name, without its folder.</summary>
    public string File { get; } = file;

    /// <summary>The line, from 1.</summary>
    public int Line { get; } = line;

    /// <summary>What is wrong with it, in one sentence.</summary>
    public string Reason { get; } = reason;
}
