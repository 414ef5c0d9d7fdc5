using FeedWatch.Commands;

namespace FeedWatch.Tests.Commands;

public sealed class HelpTests
{
    [Theory]
    [InlineData("feedwatch")]
    [InlineData("feedwatch run")]
    [InlineData("feedwatch bot")]
    [InlineData("feedwatch chat")]
    [InlineData("feedwatch chat preview")]
    [InlineData("feedwatch detect")]
    [InlineData("feedwatch explain")]
    [InlineData("feedwatch fit")]
    [InlineData("feedwatch parse")]
    [InlineData("feedwatch feeds")]
    [InlineData("feedwatch feeds add")]
    [InlineData("feedwatch incidents")]
    [InlineData("feedwatch incidents show")]
    [InlineData("feedwatch incidents retract")]
    [InlineData("feedwatch replay")]
    [InlineData("feedwatch outbox")]
    [InlineData("feedwatch outbox drop")]
    [InlineData("feedwatch chat mute")]
    [InlineData("feedwatch backup")]
    [InlineData("feedwatch health")]
    [InlineData("feedwatch config")]
    [InlineData("feedwatch completion")]
    public async Task The_help_of_a_command_reads_as_it_was_approved(string command)
    {
        var output = new StringWriter();

        var code = await CommandLine.RunAsync([.. command.Split(' ').Skip(1), "--help"], output, TestContext.Current.CancellationToken);

        Assert.Equal(0, code);
        Approved.Matches(output.ToString().Replace(System.CommandLine.RootCommand.ExecutableName, "feedwatch", StringComparison.Ordinal), $"help-{command.Replace(' ', '-')}.txt");
    }

    [Fact]
    public void Every_command_has_examples_that_can_be_typed()
    {
        var root = CommandLine.Root([]);
        var commands = Below(root, "").ToList();

        Assert.All(commands, c => Assert.NotEmpty(Examples.Of(c)));
        Assert.All(commands.SelectMany(Examples.Of), example =>
        {
            var typed = example.Split('|', '>')[0].Replace("source <(", "", StringComparison.Ordinal).Split(" < ")[0].Trim(' ', '(', ')');
            var words = System.CommandLine.Parsing.CommandLineParser.SplitCommandLine(typed).Skip(1).ToList();
            if (words.FindIndex(w => w.StartsWith("--", StringComparison.Ordinal) && w.Contains(':', StringComparison.Ordinal)) is >= 0 and var setting) words.RemoveRange(setting, words.Count - setting);
            Assert.Empty(root.Parse(words).Errors);
        });
    }

    private static IEnumerable<string> Below(System.CommandLine.Command command, string path) =>
        command.Subcommands.SelectMany(c => Below(c, $"{path} {c.Name}".Trim())).Prepend(path);
}
