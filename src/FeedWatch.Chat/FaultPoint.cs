using System.Diagnostics;
using System.Globalization;

namespace FeedWatch.Chat;

/// <summary>
/// A place between two steps at which a test lets the process die as by <c>kill -9</c>: where the environment variable
/// <c>FEEDWATCH_FAULT</c> is <c>committed</c>, at the first passing of the place of that name; where it is <c>committed:3</c>, at the third; where
/// it is <c>committed:3:hang</c>, it does not die there: that one thread stays for ever.
/// Without the variable it is one comparison of a constant with null.
/// </summary>
public static class FaultPoint
{
    /// <summary>The environment variable.</summary>
    public const string Variable = "FEEDWATCH_FAULT";

    private static readonly (string? Name, int Passings, bool Hangs) Armed = Read();
    private static int left = Armed.Passings;

    public static void Pass(string name)
    {
        if (Armed.Name is null || name != Armed.Name || Interlocked.Decrement(ref left) != 0) return;
        using var self = Process.GetCurrentProcess();
        if (!Armed.Hangs) self.Kill();
        Thread.Sleep(Timeout.InfiniteTimeSpan); // the signal may be a moment on its way, and nothing more is to happen
    }

    private static (string? Name, int Passings, bool Hangs) Read()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } value) return (null, 0, false);
        var parts = value.Split(':');
        return (parts[0], parts is [_, var count, ..] ? int.Parse(count, NumberStyles.None, CultureInfo.InvariantCulture) : 1, parts is [_, _, "hang"]);
    }
}
