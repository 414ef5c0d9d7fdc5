using System.Collections.Concurrent;
using System.CommandLine;
using FeedWatch.Commands;

namespace FeedWatch.EndToEnd;

/// <summary>How every command ends: 0 done, 1 a feed or delivery failed or nobody is there, 2 bad input, 64 wrong usage, 78 wrong settings or a store that only a person can mend.</summary>
public sealed class ExitCodeTests(ExitCodes there) : IClassFixture<ExitCodes>
{
    private const string Desk = "--Chat:Channels:0:Type file --Chat:Channels:0:Name desk --Chat:Channels:0:Path";
    private const string Away = "--Storage:Provider Postgres --Storage:ConnectionString Host=127.0.0.1;Port=1;Database=feedwatch;Username=feedwatch";

    private static readonly (int Code, string Line)[] Table =
    [
        (0, "run --once --feeds {feeds} --data {fresh}"),
        (0, "--once --feeds {feeds} --data {fresh}"),
        (1, "run --once --feeds {broken} --data {fresh}"), // a feed
        (1, $"run --once --feeds {{feeds}} --data {{fresh}} {Desk} /proc/nowhere/posts"), // a delivery
        (1, "run --once --feeds {feeds} --data {fresh} --Bus:Transport RabbitMq --Bus:Port 1"), // no broker
        (1, $"run --once --feeds {{feeds}} --data {{fresh}} {Away}"), // no database server
        (2, "run --once --feeds nowhere.yaml --data {fresh}"),
        (2, "run --once --feeds {unreadable} --data {fresh}"),
        (78, "run --once --feeds {feeds} --data /proc/feedwatch"), // cannot be written
        (78, "run --once --feeds {feeds} --data {held}"), // two on one folder
        (78, "run --once --feeds {feeds} --data {newer}"),
        (78, "run --once --feeds {feeds} --data {fresh} --Detection:LexiconFolder /proc/nowhere"),
        (78, "run --feeds {feeds} --data {fresh} --Health:Urls {server}"), // the port is taken
        (78, $"run --feeds {{feeds}} --data {{fresh}} {Desk} posts.jsonl --Chat:Channels:0:Template {{unreadable}} --Chat:Channels:0:Language tlh"),

        (78, "bot --data {held}"),
        (78, "bot --data {newer}"),
        (78, "bot --data /proc/feedwatch"),
        (78, "bot --data {fresh} --Health:Urls {server}"),

        (0, $"chat test desk {Desk} {{fresh}}"),
        (1, $"chat test desk {Desk} /proc/nowhere/posts"),
        (2, "chat test nobody"),
        (0, "chat preview {event} --channel discord"),
        (2, "chat preview {text} --channel discord"),
        (2, "chat preview nowhere.json --channel discord"),
        (2, "chat preview {event} --channel nobody"),
        (64, "chat preview {event}"),
        (0, "chat mute EncroChat --for 7d --data {data}"),
        (2, "chat mute EncroChat --for soon --data {data}"),
        (64, "chat mute EncroChat --data {data}"),
        (78, "chat mute EncroChat --for 7d --data {newer}"),
        (2, "chat unmute Ghost --data {data}"),
        (0, "chat mutes --data {data}"),
        (78, "chat mutes --data {newer}"),

        (0, "detect < {articles}"),
        (2, "detect < {noarticles}"),
        (78, "detect --lexicon /proc/nowhere < {articles}"),
        (0, "explain {text}"),
        (2, "explain nowhere.txt"),
        (2, "explain {server}/nowhere"),
        (0, "fit {labelled}"),
        (2, "fit nowhere.jsonl"),
        (2, "fit {articles}"),
        (0, "parse {rss}"),
        (2, "parse {text}"),
        (2, "parse nowhere.xml"),
        (64, "parse"),
        (2, "parse --batch < {noarticles}"),

        (0, "incidents list --data {data}"),
        (0, "incidents list --data {empty}"),
        (78, "incidents list --data {newer}"),
        (1, $"incidents list --data {{fresh}} {Away}"),
        (0, "incidents show {incident} --data {data}"),
        (2, "incidents show ffffffff --data {data}"),
        (78, "incidents show {incident} --data {newer}"),
        (64, "incidents retract {incident} --data {data}"), // no reason
        (2, "incidents retract ffffffff --reason hoax --data {data}"),
        (78, "incidents retract {incident} --reason hoax --data {newer}"),

        (0, "replay {articles}"),
        (2, "replay nowhere.jsonl"),
        (2, "replay {noarticles}"),
        (2, "replay {articles} --keep {data}"),
        (0, "replay --since 2020-01-01 --data {data}"),
        (2, "replay --since 2020-01-01 --data {empty}"),
        (78, "replay --since 2020-01-01 --data {newer}"),
        (64, "replay --since yesterday --data {data}"),

        (0, "feeds list --feeds {feeds} --data {data}"),
        (2, "feeds list --feeds nowhere.yaml --data {data}"),
        (78, "feeds list --feeds {feeds} --data {newer}"),
        (0, "feeds add {server}/quiet --language en --feeds {list} --data {fresh}"),
        (1, "feeds add {server}/broken --language en --feeds {list} --data {fresh}"),
        (2, "feeds add gopher://herald.example --feeds {list} --data {fresh}"),
        (2, "feeds add {server}/quiet --language english --feeds {list} --data {fresh}"),
        (0, "feeds disable Herald --feeds {list} --data {fresh}"),
        (2, "feeds disable Nobody --feeds {list} --data {fresh}"),
        (0, "feeds enable Herald --feeds {list} --data {fresh}"),
        (2, "feeds enable Nobody --feeds {list} --data {fresh}"),
        (0, "feeds remove Herald --feeds {list} --data {fresh}"),
        (2, "feeds remove Nobody --feeds {list} --data {fresh}"),
        (0, "feeds test Herald --feeds {feeds} --data {fresh}"),
        (1, "feeds test --feeds {broken} --data {fresh}"),
        (2, "feeds test Nobody --feeds {feeds} --data {fresh}"),
        (0, "feeds import {opml} --feeds {list} --data {fresh}"),
        (2, "feeds import nowhere.opml --feeds {list} --data {fresh}"),
        (0, "feeds export --feeds {feeds} --data {fresh}"),
        (2, "feeds export /proc/nowhere/feeds.opml --feeds {feeds} --data {fresh}"),

        (0, "outbox list --data {data}"),
        (78, "outbox list --data {newer}"),
        (1, $"outbox list --data {{fresh}} {Away}"),
        (0, "outbox retry --data {data}"),
        (2, "outbox retry ffffffff --data {data}"),
        (78, "outbox retry --data {newer}"),
        (0, "outbox drop --all-dead --data {data}"),
        (2, "outbox drop ffffffff --data {data}"),
        (78, "outbox drop --all-dead --data {newer}"),

        (0, "backup {fresh}/backup.zip --data {data}"),
        (2, "backup {text} --data {data}"), // there already
        (2, "backup {fresh}/backup.zip --data {empty}"),
        (2, "backup /proc/nowhere/backup.zip --data {data}"),
        (2, $"backup {{fresh}}/backup.zip --data {{fresh}} {Away}"),
        (78, "backup {fresh}/backup.zip --data {newer}"),

        (0, "config"),
        (2, "config Nothing"),
        (0, "completion bash"),
        (64, "completion csh"),
        (0, "etiquette"),
        (0, "health --Health:Urls {well}"),
        (0, "health --live --Health:Urls {well}"),
        (1, "health --Health:Urls http://127.0.0.1:1"),
        (1, "health --Health:Urls {server}"), // another program
        (78, "health --Health:Urls nowhere"),
        (0, "--help"),
        (0, "--version"),
    ];

    [Fact]
    public async Task Every_command_ends_with_the_code_that_scripts_rely_on()
    {
        var found = new ConcurrentDictionary<string, (int Code, string Said)>();

        await Parallel.ForEachAsync(Table, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(2, Environment.ProcessorCount), CancellationToken = TestContext.Current.CancellationToken }, async (row, _) => found[row.Line] = await there.TypeAsync(row.Line));

        var wrong = Table.Where(r => found[r.Line].Code != r.Code).Select(r => $"{r.Line} ended with {found[r.Line].Code} in place of {r.Code}: {found[r.Line].Said}");
        Assert.True(!wrong.Any(), string.Join('\n', wrong));
        Assert.Empty(found.Where(f => f.Value.Said.Contains("   at ", StringComparison.Ordinal) || (f.Value.Code > 1 && f.Value.Said.Length == 0)).Select(f => $"{f.Key}: {f.Value.Said}"));
    }

    [Fact]
    public async Task Every_command_refuses_an_unknown_option_and_a_wrong_setting_before_it_does_anything()
    {
        foreach (var leaf in Leaves(CommandLine.Root([]), ""))
        {
            Assert.Equal((leaf, 64), (leaf, await CommandLine.RunAsync([.. there.Words($"{leaf} --no-such-option")], TestContext.Current.CancellationToken)));
            if (leaf is not ("parse" or "completion")) Assert.Equal((leaf, 78), (leaf, await CommandLine.RunAsync([.. there.Words($"{Typed(leaf)} --Polling:PerHost many")], TestContext.Current.CancellationToken)));
        }
    }

    [Fact]
    public void Every_command_is_in_the_table()
    {
        var done = Table.Where(r => r.Code == 0).Select(r => r.Line).ToList();
        var left = Leaves(CommandLine.Root([]), "").Where(leaf => !done.Any(l => l.StartsWith(leaf, StringComparison.Ordinal)));

        Assert.Equal(["bot", "chat unmute", "incidents retract"], left.Order(StringComparer.Ordinal)); // a bot runs on, the others change what the rest look at; their own tests see them end well
    }

    // As a line that would do its work but for the setting.
    private static string Typed(string leaf) => Table.Where(r => r.Code == 0 && r.Line.StartsWith(leaf, StringComparison.Ordinal)).Select(r => r.Line.Split(" < ")[0]).FirstOrDefault() ?? leaf switch
    {
        "bot" => "bot --data {fresh}",
        "chat unmute" => "chat unmute EncroChat",
        _ => "incidents retract ffffffff --reason hoax",
    };

    private static IEnumerable<string> Leaves(Command command, string path) => command.Subcommands.Count == 0
        ? [path]
        : command.Subcommands.SelectMany(c => Leaves(c, $"{path} {c.Name}".Trim()));
}
