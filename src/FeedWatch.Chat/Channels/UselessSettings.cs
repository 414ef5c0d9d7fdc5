namespace FeedWatch.Chat.Channels;

/// <summary>Settings that stand at a channel whose type does nothing with them: whoever wrote them expects something that will not happen.</summary>
internal static class UselessSettings
{
    private static readonly (string Name, Func<ChannelOptions, bool> IsSet)[] All =
    [
        (nameof(ChannelOptions.Path), c => IsSet(c.Path)),
        (nameof(ChannelOptions.Url), c => IsSet(c.Url)),
        (nameof(ChannelOptions.UrlFile), c => IsSet(c.UrlFile)),
        (nameof(ChannelOptions.Token), c => IsSet(c.Token)),
        (nameof(ChannelOptions.TokenFile), c => IsSet(c.TokenFile)),
        (nameof(ChannelOptions.Chat), c => IsSet(c.Chat)),
        (nameof(ChannelOptions.Thread), c => IsSet(c.Thread)),
        (nameof(ChannelOptions.Forum), c => c.Forum),
        (nameof(ChannelOptions.Structured), c => c.Structured),
        (nameof(ChannelOptions.Notify), c => c.Notify),
        (nameof(ChannelOptions.LinkPreview), c => c.LinkPreview),
        ("Mail:Host", c => IsSet(c.Mail.Host)),
        ("Mail:From", c => IsSet(c.Mail.From)),
        ("Mail:To:0", c => c.Mail.To.Count > 0),
        (nameof(ChannelOptions.Updates), c => c.Updates is not UpdateStyle.Auto),
        (nameof(ChannelOptions.Language), c => c.Language != new ChannelOptions().Language),
        (nameof(ChannelOptions.Template), c => IsSet(c.Template)),
    ];

    /// <param name="channel">Its settings.</param>
    /// <param name="type">Its type.</param>
    /// <returns>A fault for each, beginning with the setting's name.</returns>
    public static IEnumerable<string> In(ChannelOptions channel, ChannelType type) =>
        from setting in All
        where setting.IsSet(channel) && !type.Takes.Contains(Taken(setting.Name))
        select $"{setting.Name} does nothing on a channel of type {channel.Type}, which takes {Listed(type.Takes)}; take it out.";

    /// <summary>By what name a type takes it: from a file too, and all of a group.</summary>
    private static string Taken(string name) => name.Split(':')[0] is var first && first.EndsWith("File", StringComparison.Ordinal) ? first[..^"File".Length] : first;

    private static string Listed(IReadOnlyList<string> names) => names.Count == 0 ? "no setting of its own" : string.Join(", ", names);

    private static bool IsSet(string? setting) => !string.IsNullOrWhiteSpace(setting);
}
