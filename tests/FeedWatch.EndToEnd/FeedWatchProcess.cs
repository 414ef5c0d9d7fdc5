using System.Collections.Concurrent;
using System.Diagnostics;
using FeedWatch.Chat;

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

    /// <summary>The exit code of a process that a signal 9 has ended, as a shell would say it.</summary>
    public const int Killed = 137;

    public int Id => process.Id;

    public ConcurrentQueue<string> Output { get; } = new();

    public ConcurrentQueue<string> Log { get; } = new();

    public static FeedWatchProcess Start(params string[] arguments) => Start(StartInfo(arguments));

    /// <summary>One that is started in a folder of its own, where its <c>appsettings.json</c> lies.</summary>
    public static FeedWatchProcess StartIn(string folder, params string[] arguments)
    {
        var start = StartInfo(arguments);
        start.WorkingDirectory = folder;
        return Start(start);
    }

    /// <summary>One that dies at a fault point.</summary>
    /// <param name="fault">The name of the point, or <c>name:n</c> for its n-th passing.</param>
    /// <param name="arguments">As its user would type them.</param>
    public static FeedWatchProcess StartDoomed(string fault, params string[] arguments) => StartWith(FaultPoint.Variable, fault, arguments);

    /// <summary>One that finds a variable in its environment.</summary>
    public static FeedWatchProcess StartWith(string variable, string value, params string[] arguments)
    {
        var start = StartInfo(arguments);
        start.Environment[variable] = value;
        return Start(start);
    }

    /// <summary>One that another program starts in its own place, <c>unshare</c> for example.</summary>
    public static FeedWatchProcess StartBehind(IReadOnlyList<string> before, params string[] arguments)
    {
        var start = StartInfo(arguments);
        return Start(new ProcessStartInfo(before[0], [.. before.Skip(1), start.FileName, .. start.ArgumentList]));
    }

    /// <summary>Any other program, held the same way.</summary>
    public static FeedWatchProcess Start(ProcessStartInfo start)
    {
        start.Environment["FEEDWATCH__Health__Urls"] = ""; // many run at once; a test that wants an address gives it on the command line
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
        await run.process.StandardInput.WriteAsync(await File.ReadAllTextAsync(file));
        return await run.EndAsync();
    }

    public Task WaitForAsync(Func<FeedWatchProcess, bool> condition, TimeSpan? patience = null) => WaitForAsync(p => Task.FromResult(condition(p)), patience);

    public async Task WaitForAsync(Func<FeedWatchProcess, Task<bool>> condition, TimeSpan? patience = null)
    {
        var began = Stopwatch.GetTimestamp();
        while (!await condition(this))
        {
            if (Stopwatch.GetElapsedTime(began) > (patience ?? TimeSpan.FromMinutes(1)) || process.HasExited) throw new InvalidOperationException($"It never came to that. Output:\n{string.Join('\n', Output)}\nLog:\n{string.Join('\n', Log)}");
            await Task.Delay(50);
        }
    }

    /// <summary>Asks it to stop as systemd does, and gives the exit code.</summary>
    public async Task<int> TerminateAsync()
    {
        using (var kill = Process.Start("kill", ["-TERM", $"{process.Id}"])) await kill.WaitForExitAsync();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
        return process.ExitCode;
    }

    /// <summary>Waits until it ends by itself, or by a signal that it sent itself, and gives the exit code.</summary>
    public async Task<int> EndedAsync()
    {
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(3)); // a machine may be busy with other tests
        await reading;
        return process.ExitCode;
    }

    /// <summary>The same with something on its standard input.</summary>
    public async Task<int> EndedAsync(string input)
    {
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        return await EndedAsync();
    }

    /// <summary>As by <c>kill -9</c>.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        await reading;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        await reading;
        process.Dispose();
    }

    /// <summary>What was built beside this, or what FEEDWATCH_PROGRAM names: a published <c>feedwatch</c>, which starts several times as fast.</summary>
    private static ProcessStartInfo StartInfo(string[] arguments) => Environment.GetEnvironmentVariable("FEEDWATCH_PROGRAM") is { Length: > 0 } program
        ? new ProcessStartInfo(program, arguments)
        : new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "feedwatch.dll"), .. arguments]);

    private async Task<(int Code, IReadOnlyList<string> Output, string Log)> EndAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(2));
        await reading;
        return (process.ExitCode, [.. Output], string.Join('\n', Log));
    }

    private static async Task ReadAsync(StreamReader from, ConcurrentQueue<string> into)
    {
        while (await from.ReadLineAsync() is { } line) into.Enqueue(line);
    }
}
