namespace FeedWatch.Chat.Channels;

/// <summary>Reads what types need from a channel's settings and says what is missing, without ever repeating a secret.</summary>
internal static class ChannelSettings
{
    /// <summary>The address, from wherever it stands.</summary>
    public static Uri Address(this ChannelOptions channel) => new(Value(channel.Url, channel.UrlFile));

    /// <summary>The token, from wherever it stands; empty where there is none.</summary>
    public static string Secret(this ChannelOptions channel) => Value(channel.Token, channel.TokenFile);

    public static bool HasAddress(this ChannelOptions channel) => IsSet(channel.Url) || IsSet(channel.UrlFile);

    public static bool HasToken(this ChannelOptions channel) => IsSet(channel.Token) || IsSet(channel.TokenFile);

    /// <param name="channel">The settings.</param>
    /// <param name="what">What it should be, for example "the webhook's address".</param>
    public static IEnumerable<string> NeedsAddress(this ChannelOptions channel, string what)
    {
        var setting = IsSet(channel.UrlFile) ? nameof(channel.UrlFile) : nameof(channel.Url);
        if (!channel.HasAddress()) return [$"Url is missing; it takes {what}. It may stand in a file, and the file's name in UrlFile."];
        if (FaultOfFile(setting, channel.UrlFile) is { } fault) return [fault];
        return Uri.TryCreate(Value(channel.Url, channel.UrlFile), UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.Host.Length > 0
            ? []
            : [$"{setting} is no http or https address; it takes {what}."];
    }

    /// <param name="channel">The settings.</param>
    /// <param name="what">What it should be, for example "the bot's token".</param>
    public static IEnumerable<string> NeedsToken(this ChannelOptions channel, string what)
    {
        if (channel.FaultOfTokenItself(what) is { } fault) return [fault];
        return channel.Secret().All(c => c is > ' ' and <= '~') ? [] : [$"{channel.TokenSetting()} holds a character that no token has; it takes {what} and nothing else."];
    }

    /// <param name="channel">The settings.</param>
    /// <param name="what">What it should be, for example "the secret that signs".</param>
    /// <param name="most">How many there may be while one takes the other's place, with white space between them.</param>
    /// <param name="isOne">Whether a word is such a token.</param>
    public static IEnumerable<string> NeedsTokens(this ChannelOptions channel, string what, int most, Func<string, bool> isOne)
    {
        if (channel.FaultOfTokenItself(what) is { } fault) return [fault];
        var tokens = channel.Secret().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return tokens.Length <= most && tokens.All(isOne) ? [] : [$"{channel.TokenSetting()} is wrong; it takes {what}, and at most {most} of them, one a line, while they are changed."];
    }

    /// <param name="channel">The settings.</param>
    /// <param name="what">What it should be, for example "the channel's id (C0123456789)".</param>
    public static IEnumerable<string> NeedsChat(this ChannelOptions channel, string what) =>
        IsSet(channel.Chat) ? [] : [$"Chat is missing; it takes {what}."];

    /// <summary>An id is digits, letters and a few signs, so that it changes no address that it is put into.</summary>
    public static IEnumerable<string> ChecksThread(this ChannelOptions channel) =>
        !IsSet(channel.Thread) || channel.Thread!.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-')
            ? []
            : [$"Thread '{channel.Thread}' is no id of a thread."];

    /// <summary>Only what a type can do.</summary>
    public static IEnumerable<string> ChecksUpdates(this ChannelOptions channel, string because, params UpdateStyle[] possible) =>
        channel.Updates is UpdateStyle.Auto || possible.Contains(channel.Updates) ? [] : [$"Updates cannot be {channel.Updates} {because}; leave it out, or take {string.Join(" or ", possible)}."];

    /// <summary>What lets anyone post who knows it: the address, and its last part, by which chats name a webhook.</summary>
    public static IReadOnlyList<string> SecretsOfWebhook(Uri address) => [address.AbsoluteUri, address.PathAndQuery, address.AbsolutePath, address.Segments[^1] is { Length: > 4 } last ? last : ""];

    private static string TokenSetting(this ChannelOptions channel) => IsSet(channel.TokenFile) ? nameof(channel.TokenFile) : nameof(channel.Token);

    private static string? FaultOfTokenItself(this ChannelOptions channel, string what) => channel.HasToken()
        ? FaultOfFile(channel.TokenSetting(), channel.TokenFile)
        : $"Token is missing; it takes {what}. It may stand in a file, and the file's name in TokenFile.";

    private static string Value(string? value, string? file) => IsSet(file) ? File.ReadAllText(file!).Trim() : (value ?? "").Trim();

    private static bool IsSet(string? setting) => !string.IsNullOrWhiteSpace(setting);

    private static string? FaultOfFile(string setting, string? path)
    {
        if (!IsSet(path)) return null;
        try
        {
            return File.ReadAllText(path!).Trim().Length > 0 ? null : $"{setting} '{path}' is empty.";
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return $"{setting} '{path}' cannot be read: {ex.Message}";
        }
    }
}
