using System.Text;

namespace FeedWatch.Detection.Lexicons;

/// <summary>Serbian is written in two alphabets, letter for letter; its lexicon is kept in the Latin one.</summary>
internal static class SerbianScript
{
    private const string Latin = "abvgdđežzijklmnoprstćufhcčš";
    private const string Cyrillic = "абвгдђежзијклмнопрстћуфхцчш";

    public static string ToCyrillic(string latin)
    {
        var cyrillic = new StringBuilder(latin.Length);
        for (var i = 0; i < latin.Length; i++)
        {
            var pair = i + 1 < latin.Length ? latin.Substring(i, 2).ToLowerInvariant() : "";
            var digraph = pair switch { "lj" => 'љ', "nj" => 'њ', "dž" => 'џ', _ => '\0' };
            if (digraph != '\0')
            {
                cyrillic.Append(char.IsUpper(latin[i]) ? char.ToUpperInvariant(digraph) : digraph);
                i++;
                continue;
            }

            var index = Latin.IndexOf(char.ToLowerInvariant(latin[i]), StringComparison.Ordinal);
            var letter = index < 0 ? latin[i] : Cyrillic[index];
            cyrillic.Append(char.IsUpper(latin[i]) ? char.ToUpperInvariant(letter) : letter);
        }

        return cyrillic.ToString();
    }
}
