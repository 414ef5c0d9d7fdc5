using Spectre.Console;

namespace FeedWatch.Commands.Replaying;

/// <summary>A bar on a terminal while a long archive is replayed; nothing where the output is piped.</summary>
internal static class ReplayProgress
{
    private const int WorthABar = 200;

    public static async Task OverAsync(IReadOnlyList<ReplayItem> items, Func<ReplayItem, Task> tell)
    {
        var terminal = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        if (Console.IsErrorRedirected || items.Count < WorthABar)
        {
            foreach (var item in items) await tell(item);
            return;
        }

        await terminal.Progress().AutoClear(true).StartAsync(async progress =>
        {
            var bar = progress.AddTask("Replaying", maxValue: items.Count);
            foreach (var item in items)
            {
                await tell(item);
                bar.Increment(1);
            }
        });
    }
}
