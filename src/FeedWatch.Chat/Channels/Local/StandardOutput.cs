using System.Text;
using Microsoft.Win32.SafeHandles;
using Spectre.Console;

namespace FeedWatch.Chat.Channels.Local;

/// <summary>Standard output as alerts need it: UTF-8, flushed after every write, with colours only where a person looks at it.</summary>
/// <param name="Writer">Thread-safe and flushed.</param>
/// <param name="Terminal">For coloured text; null where there is no terminal or NO_COLOR (https://no-color.org) is set.</param>
internal sealed record StandardOutput(TextWriter Writer, IAnsiConsole? Terminal)
{
    private const int Descriptor = 1; // POSIX, STDOUT_FILENO
    private const int NoTerminal = 80;
    private const int WidestToRead = 100;

    /// <summary>In cells, as it is now: windows are resized.</summary>
    public int Width => Terminal is null ? NoTerminal : Math.Clamp(WindowWidth(), 40, WidestToRead);

    public static StandardOutput Open()
    {
        if (Console.IsOutputRedirected)
        {
            var stream = new StreamWriter(Redirected(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true };
            return new StandardOutput(TextWriter.Synchronized(stream), null);
        }

        Console.OutputEncoding = Encoding.UTF8; // a Windows console starts with an old code page
        return new StandardOutput(Console.Out, WantsColours() ? Colours() : null);
    }

    // All of .NET's console streams share one lock: a pipe that nobody reads would hold up the log on standard error, and with it whoever logs.
    // Into a file FileStream would write where it thinks the end is, over what others (2>&1) have written; there the console's own stream stays.
    private static Stream Redirected()
    {
        if (OperatingSystem.IsWindows()) return Console.OpenStandardOutput();
        var stream = new FileStream(new SafeFileHandle(Descriptor, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        return stream.CanSeek ? Console.OpenStandardOutput() : stream;
    }

    private static bool WantsColours() =>
        string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) && Environment.GetEnvironmentVariable("TERM") != "dumb";

    private static IAnsiConsole? Colours()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Out) });
        console.Profile.Width = short.MaxValue; // lines are wrapped before; a link must stay in one piece
        return console.Profile.Capabilities.Ansi ? console : null;
    }

    private static int WindowWidth()
    {
        try
        {
            return Console.WindowWidth;
        }
        catch (IOException) // a terminal that does not tell
        {
            return NoTerminal;
        }
    }
}
