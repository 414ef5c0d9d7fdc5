namespace FeedWatch.Sources;

/// <summary>Which feeds to watch: section <c>Feeds</c>.</summary>
internal sealed class FeedOptions
{
    public const string Section = "Feeds";

    /// <summary>The feed list, OPML or YAML; the starter list where empty. <c>--feeds</c> sets it.</summary>
    public string? File { get; set; }

    /// <summary>The list in use.</summary>
    public string Effective => string.IsNullOrEmpty(File) ? StarterList : File;

    /// <summary>The list that ships with FeedWatch.</summary>
    public static string StarterList => Path.Combine(AppContext.BaseDirectory, "feeds.yaml");
}
