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
    public async Task The_help_of_a_command_reads_as_it_was_approved(string command)
    {
        var output = new StringWriter();

        var code = await CommandLine.RunAsync([.. command.Split(' ').Skip(1), "--help"], output, TestContext.Current.CancellationToken);

        Assert.Equal(0, code);
        Approved.Matches(output.ToString().Replace(System.CommandLine.RootCommand.ExecutableName, "feedwatch", StringComparison.Ordinal), $"help-{command.Replace(' ', '-')}.txt");
    }
}
