using System.Reflection;

namespace FeedWatch.Chat.Wording;

/// <summary>The files that <see cref="Words"/> are read from: <c>key = text</c>, lines that begin with a blank going on the one before.</summary>
internal static class WordFile
{
    private const string Folder = "words/";
    private const char NonBreaking = '~';

    /// <summary>The languages that there is a file for.</summary>
    public static IReadOnlyList<string> Codes { get; } =
        [.. Assembly.GetExecutingAssembly().GetManifestResourceNames().Where(n => n.StartsWith(Folder, StringComparison.Ordinal)).Select(n => n[Folder.Length..]).Order(StringComparer.Ordinal)];

    public static Dictionary<string, string> Read(string code)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(Folder + code)!);
        var lines = new List<string>();
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#') continue;
            if (line[0] == ' ') lines[^1] += line;
            else lines.Add(line);
        }

        return lines.Select(l => l.Split('=', 2)).ToDictionary(l => l[0].Trim(), l => l[1].Trim().Replace(NonBreaking, FigureWords.NonBreaking), StringComparer.Ordinal);
    }

    /// <summary>"a; b".</summary>
    public static string[] List(string text) => text.Split(';', StringSplitOptions.TrimEntries);

    /// <summary>"NL Netherlands; BE Belgium": each code of two letters, whatever its case, with its name.</summary>
    public static Dictionary<string, string> Table(string text) => List(text).ToDictionary(entry => entry[..2], entry => entry[3..], StringComparer.OrdinalIgnoreCase);
}
