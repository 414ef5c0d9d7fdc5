using FeedWatch.Commands;
using FeedWatch.Hosting;

namespace FeedWatch;

internal static class Program
{
    private static Task<int> Main(string[] args)
    {
        if (Icu.Fault() is not { } fault) return CommandLine.RunAsync(args, CancellationToken.None);
        Icu.Complain(fault);
        return Task.FromResult(ExitCode.Settings);
    }
}
