using System.Collections.Concurrent;
using System.Diagnostics;

namespace FeedWatch.EndToEnd;

/// <summary><c>feedwatch</c> as a process of its own, as its user starts it.</summary>
internal sealed class FeedWatchProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly Task reading;

    private FeedWatchProcess(Process process)
    {
        this.process = process;
        reading = Task.WhenAll(ReadAsync(process.StandardOutput, Output), ReadAsync(process.StandardError, Log));
    }

    public int Id => process.Id;

    public ConcurrentQueue<string> Output { get; } = new();

    public ConcurrentQueue<string> Log { get; } = new();

    public static FeedWatchProcess Start(params string[] arguments) =>
        Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "feedwatch.dll"), .. arguments]));

    /// <summary>Any other program, held the same way.</summary>
    public static FeedWatchProcess Start(ProcessStartInfo start)
    {
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError) = (true, true, true);
        return new FeedWatchProcess(Process.Start(start)!);
    }

    /// <summary>Runs to the end and gives the exit code.</summary>
    public static async Task<(int Code, IReadOnlyList<string> Output, string Log)> RunAsync(params string[] arguments)
    {
        await using var run = Start(arguments);
        return await run.EndAsync();
    }

    /// <summary>The same with a file as its standard input.</summary>
    public static async Task<(int Code, IReadOnlyList<string> Output, string Log)> RunWithInputAsync(string file, params string[] arguments)
    {
        await using var run = Start(arguments);
        await run.process.StandardInput.WriteAsync(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        return await run.EndAsync();
    }

    public async Task WaitForAsync(Func<FeedWatchProcess, bool> condition)
    {
        var began = Stopwatch.GetTimestamp();
        while (!condition(this))
        {
            if (Stopwatch.GetElapsedTime(began) > TimeSpan.FromMinutes(1) || process.HasExited) Assert.Fail($"It never came to that. Output:\n{string.Join('\n', Output)}\nLog:\n{string.Join('\n', Log)}");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Asks it to stop as systemd does, and gives the exit code.</summary>
    public async Task<int> TerminateAsync()
    {
        using (var kill = Process.Start("kill", ["-TERM", $"{process.Id}"])) await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        await reading;
        process.Dispose();
    }

    private async Task<(int Code, IReadOnlyList<string> Output, string Log)> EndAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
        await reading;
        return (process.ExitCode, [.. Output], string.Join('\n', Log));
    }

    private static async Task ReadAsync(StreamReader from, ConcurrentQueue<string> into)
    {
        while (await from.ReadLineAsync() is { } line) into.Enqueue(line);
    }
}
