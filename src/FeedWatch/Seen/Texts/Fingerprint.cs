using FeedWatch.Parsing;

namespace FeedWatch.Seen.Texts;

/// <summary>What an article says, in 8 bytes. 0 stands for "says too little to be known by it".</summary>
internal static class Fingerprint
{
    /// <summary>Letters by which an undated text is known; a bulletin's "News at noon, every day" has fewer.</summary>
    private const int EnoughText = 60;

    /// <summary>Letters by which a headline is known: "Breaking news" and "Live: court in session" are not.</summary>
    private const int EnoughTitle = 25;

    /// <summary>Of title and text to the letter: changes with every edit.</summary>
    public static long ToTheLetter(Article article) => Some(TextHash.Of(TextHash.Of(TextHash.Of(0, article.Title), article.Summary), article.Content));

    /// <summary>
    /// Of the letters and digits of title and text, without markup: the same article under another address or guid has the same. Bulletins
    /// repeat a text under a new date, so that the date belongs to it.
    /// </summary>
    /// <param name="article">As the feed has it.</param>
    /// <param name="dated">False where the feed stamps all its entries alike, so that its dates say nothing.</param>
    public static long OfText(Article article, bool dated)
    {
        var text = Letters.Of($"{article.Title} {article.Summary} {article.Content}");
        var date = dated ? article.PublishedAt?.ToUnixTimeSeconds() : null;
        return text.Length == 0 || (date is null && text.Length < EnoughText) ? 0 : Some(TextHash.Of(date ?? 0, text));
    }

    /// <summary>Of an outlet and a headline: what a search engine and the outlet's own feed have in common.</summary>
    public static long OfTitle(string outlet, string title)
    {
        var letters = Letters.Of(title);
        return letters.Length < EnoughTitle ? 0 : Some(TextHash.Of(TextHash.Of(0, outlet), letters));
    }

    private static long Some(long hash) => hash == 0 ? 1 : hash;
}
