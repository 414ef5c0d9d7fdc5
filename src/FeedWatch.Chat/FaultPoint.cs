using System.Diagnostics;
using System.Globalization;

namespace FeedWatch.Chat;

/// <summary>
/// A place between two steps at which a test lets the process die as by <c>kill -9</c>: where the environment variable
/// <c>FEEDWATCH_FAULT</c> is <c>committed</c>, at the first passing of the place of that name; where it is <c>committed:3</c>, at the third.
/// Without the variable it is one comparison of a constant with null.
/// </summary>
public static class FaultPoint
{
    /// <summary>The environment variable.</summary>
    public const string Variable = "FEEDWATCH_FAULT";

    private static readonly string? Armed = Read().Name;
    private static int left = Read().Passings;

    public static void Pass(string name)
    {
        if (Armed is null || name != Armed || Interlocked.Decrement(ref left) != 0) return;
        using var self = Process.GetCurrentProcess();
        self.Kill();
        Thread.Sleep(Timeout.InfiniteTimeSpan); // the signal may be a moment on its way, and nothing more is to happen
    }

    private static (string? Name, int Passings) Read()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } value) return (null, 0);
        var parts = value.Split(':', 2);
        return (parts[0], parts is [_, var count] ? int.Parse(count, NumberStyles.None, CultureInfo.InvariantCulture) : 1);
    }
}
