using System.Reflection;

namespace FeedWatch.Detection.Lexicons;

/// <summary>Where lexicon files come from: the ones inside this assembly and those of a folder.</summary>
internal static class LexiconSources
{
    public static IReadOnlyList<LexiconFile> BuiltIn()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return [.. assembly.GetManifestResourceNames().Where(name => name.EndsWith(".yaml", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(Read)];

        LexiconFile Read(string name)
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            return LexiconFile.Parse(name, reader.ReadToEnd());
        }
    }

    /// <summary>The built-in files, those of the folder after them; a file that says <c>replace: true</c> puts its namesake aside.</summary>
    public static IReadOnlyList<LexiconFile> WithFolder(string folder)
    {
        var own = Directory.EnumerateFiles(folder, "*.yaml").Order(StringComparer.Ordinal)
            .Select(path => LexiconFile.Parse(Path.GetFileName(path), File.ReadAllText(path)))
            .ToList();
        var replaced = own.Where(file => file.Replaces).Select(file => file.Name).ToHashSet(StringComparer.Ordinal);
        return [.. BuiltIn().Where(file => !replaced.Contains(file.Name)), .. own];
    }
}
