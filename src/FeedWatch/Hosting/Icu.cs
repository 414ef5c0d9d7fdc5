using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace FeedWatch.Hosting;

/// <summary>
/// The library by which .NET compares and folds the letters of all languages. Without it .NET ends the process with a page of trace at the first
/// comparison, and where it is told to do without, it reads accents wrongly and says nothing. So it is looked for before anything is done.
/// </summary>
internal static class Icu
{
    private const int StandardError = 2;
    private const string Switch = "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT";

    /// <summary>One line with what to do; null where it is there.</summary>
    public static string? Fault()
    {
        if (Environment.GetEnvironmentVariable(Switch) is { } value && (value == "1" || value.Equals("true", StringComparison.OrdinalIgnoreCase)))
            return $"{Switch} tells .NET to do without ICU, and FeedWatch would read accents wrongly. Take it out of the environment, or set it to 0 (images made for Alpine set it), and see that ICU is installed.";
        return !OperatingSystem.IsLinux() || TryLoad() // the other systems bring it along
            ? null
            : "FeedWatch needs ICU, which knows how the letters of all languages belong together, and this machine has none. Install libicu (on Debian and Ubuntu with its number: apt-cache search '^libicu[0-9]'), icu (Arch, openSUSE) or icu-libs and icu-data-full (Alpine), then start it again.";
    }

    /// <summary>Says it on standard error, past the console, which compares something.</summary>
    public static void Complain(string fault)
    {
        if (!OperatingSystem.IsLinux())
        {
            Console.Error.WriteLine(fault);
            return;
        }

        using var handle = new SafeFileHandle(StandardError, ownsHandle: false);
        using var error = new FileStream(handle, FileAccess.Write, bufferSize: 0);
        error.Write(Encoding.UTF8.GetBytes(fault + "\n"));
    }

    private static bool TryLoad()
    {
        try
        {
            return LoadIcu() != 0;
        }
        catch (Exception ex) when (ex is DllNotFoundException or EntryPointNotFoundException)
        {
            return true; // a runtime that does it another way says itself what it lacks
        }
    }

    // What the runtime calls itself when the first text is compared, so that it finds the same.
    [DllImport("libSystem.Globalization.Native", EntryPoint = "GlobalizationNative_LoadICU", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory)]
    private static extern int LoadIcu();
}
