using System.Text.RegularExpressions;

namespace FeedWatch.Tests.Chat.Chats;

/// <summary>
/// What servers and clients of Telegram, Matrix, ntfy and Teams find in plain text by themselves: names, rooms, hashtags, cashtags, commands,
/// addresses. Read as widely as any of them does.
/// </summary>
internal static partial class FoundInText
{
    public static void AssertNothing(string text) => Assert.DoesNotMatch(Acting(), text);

    [GeneratedRegex(@"[@!][A-Za-z0-9_]|#[\p{L}\d_]|\$[A-Z0-9]|/[A-Za-z0-9_]|://|[\p{L}\d][.:][\p{L}\d]")]
    private static partial Regex Acting();
}
