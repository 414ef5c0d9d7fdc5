namespace FeedWatch.Chat.Templating;

/// <summary>A template that cannot be used, and why, in words for who wrote it.</summary>
internal sealed class TemplateException(string message, Exception? cause = null) : Exception(message, cause)
{
    public static TemplateException TooLong() => new($"it makes more than {TemplateFilters.MostText} characters");
}
