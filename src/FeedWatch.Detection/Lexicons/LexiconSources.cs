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

    /// <summary>
    /// The built-in files, those of the folder after them. A file that says <c>replace: true</c> puts its namesake aside; what a
    /// <c>drops</c> list names is taken out of all built-in files, so that a profile for another topic keeps only what it wants.
    /// </summary>
    /// <exception cref="LexiconException">A file is no lexicon, or drops what is not there.</exception>
    public static IReadOnlyList<LexiconFile> WithFolder(string folder)
    {
        var own = Directory.EnumerateFiles(folder, "*.yaml").Order(StringComparer.Ordinal)
            .Select(path => LexiconFile.Parse(Path.GetFileName(path), File.ReadAllText(path)))
            .ToList();
        var replaced = own.Where(file => file.Replaces).Select(file => file.Name).ToHashSet(StringComparer.Ordinal);
        var builtIn = BuiltIn().Where(file => !replaced.Contains(file.Name)).ToList();
        foreach (var (file, drop) in own.SelectMany(file => file.Drops.Select(drop => (file, drop))))
        {
            if (!builtIn.ConvertAll(known => known.Drop(file.Text(drop))).Contains(true))
                throw file.Wrong(drop, $"No built-in file has '{file.Text(drop)}' to drop.");
        }

        return [.. builtIn, .. own];
    }
}
