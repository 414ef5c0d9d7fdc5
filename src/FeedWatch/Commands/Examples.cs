using System.CommandLine;

namespace FeedWatch.Commands;

/// <summary>How each command is typed; shown below its help.</summary>
internal static class Examples
{
    private static readonly Dictionary<string, string[]> ByCommand = new(StringComparer.Ordinal)
    {
        [""] = ["feedwatch --demo", "feedwatch --once --feeds feeds.yaml", "feedwatch run --feeds feeds.yaml --data /var/lib/feedwatch"],
        ["run"] = ["feedwatch run --demo", "feedwatch run --feeds feeds.yaml --data /var/lib/feedwatch", "feedwatch run --once --json --feeds feeds.yaml | jq .title"],
        ["bot"] = ["feedwatch bot --Bus:Host rabbit.example --Bus:PasswordFile /run/secrets/rabbit"],
        ["chat"] = ["feedwatch chat test newsroom"],
        ["chat test"] = ["feedwatch chat test newsroom"],
        ["chat preview"] = ["feedwatch run --demo --json | head -1 > event.json", "feedwatch chat preview event.json --channel discord"],
        ["chat mute"] = ["feedwatch chat mute EncroChat --for 7d", "feedwatch chat mute 3f2a91cc --for 12h --channel newsroom", "feedwatch chat mute --all --for 8h"],
        ["chat unmute"] = ["feedwatch chat unmute EncroChat"],
        ["chat mutes"] = ["feedwatch chat mutes"],
        ["detect"] = ["feedwatch detect < articles.jsonl > verdicts.jsonl"],
        ["explain"] = ["feedwatch explain https://herald.example/takedown", "feedwatch explain - < article.txt"],
        ["incidents"] = ["feedwatch incidents list"],
        ["incidents list"] = ["feedwatch incidents list", "feedwatch incidents list --json | jq .title"],
        ["incidents show"] = ["feedwatch incidents show 3f2a91cc"],
        ["incidents retract"] = ["feedwatch incidents retract 3f2a91cc --reason \"a hoax; the police know nothing of it\""],
        ["replay"] = ["feedwatch replay archive.jsonl", "feedwatch replay --since 2026-06-01", "feedwatch replay archive.jsonl --json > linked.jsonl"],
        ["fit"] = ["feedwatch fit labelled.jsonl > weights.yaml"],
        ["parse"] = ["feedwatch parse feed.xml --base-url https://herald.example/rss"],
        ["feeds"] = ["feedwatch feeds list"],
        ["feeds list"] = ["feedwatch feeds list", "feedwatch feeds list --json | jq 'select(.failures > 0)'"],
        ["feeds add"] = ["feedwatch feeds add https://herald.example --language en --country GB"],
        ["feeds remove"] = ["feedwatch feeds remove https://herald.example/rss"],
        ["feeds enable"] = ["feedwatch feeds enable https://herald.example/rss"],
        ["feeds disable"] = ["feedwatch feeds disable https://herald.example/rss"],
        ["feeds test"] = ["feedwatch feeds test https://herald.example/rss", "feedwatch feeds test"],
        ["feeds import"] = ["feedwatch feeds import subscriptions.opml"],
        ["feeds export"] = ["feedwatch feeds export feeds.opml"],
        ["outbox"] = ["feedwatch outbox list"],
        ["outbox list"] = ["feedwatch outbox list"],
        ["outbox retry"] = ["feedwatch outbox retry", "feedwatch outbox retry 9b1c"],
        ["outbox drop"] = ["feedwatch outbox drop 9b1c --reason \"told by hand\""],
        ["backup"] = ["feedwatch backup /backups/feedwatch-monday"],
        ["config"] = ["feedwatch config --set", "feedwatch config Polling --Polling:PerHost 2"],
        ["completion"] = ["source <(feedwatch completion bash)", "feedwatch completion fish > ~/.config/fish/completions/feedwatch.fish"],
        ["etiquette"] = ["feedwatch etiquette"],
        ["health"] = ["feedwatch health", "feedwatch health --json | jq .status"],
    };

    /// <summary>As lines, each a command that can be typed; none where the command is not known.</summary>
    /// <param name="command">The words behind <c>feedwatch</c>; empty for the program itself.</param>
    public static IReadOnlyList<string> Of(string command) => ByCommand.GetValueOrDefault(command) ?? [];

    /// <summary>What follows the command's help.</summary>
    public static string Text(ParseResult parsed)
    {
        var words = new Stack<string>();
        for (var command = parsed.CommandResult; command is not null; command = command.Parent as System.CommandLine.Parsing.CommandResult)
            if (command.Command is not RootCommand) words.Push(command.Command.Name);
        var lines = Of(string.Join(' ', words));
        return lines.Count == 0 ? "" : $"Examples:\n{string.Concat(lines.Select(l => $"  {l}\n"))}\n";
    }
}
