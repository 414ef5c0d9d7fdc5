using FeedWatch.Commands;

namespace FeedWatch;

internal static class Program
{
    private static Task<int> Main(string[] args) => CommandLine.RunAsync(args, CancellationToken.None);
}
