using System.Text;

namespace FeedWatch.Incidents.Linking;

/// <summary>
/// A name in the letters that most papers write it in, so that Пеликан and Pelikan lead to one incident. It serves to compare names, not to
/// read them: one letter or none for each, whatever the language.
/// </summary>
internal static class LatinLetters
{
    private static readonly Dictionary<char, string> Letters = new(
        Row("абвгґдеёєжзиіїйјклмнопрстћуфхцчшщыэђљњџъьюя", "a b v g g d e e e z z i i i i j k l m n o p r s t c u f h c c s s y e dj lj nj dz - - iu ia")
            .Concat(Row("αβγδεζηθικλμνξοπρσςτυφχψω", "a v g d e z i th i k l m n x o p r s s t y f h ps o")));

    /// <param name="name">In small letters.</param>
    public static string Of(string name)
    {
        if (!name.Any(Letters.ContainsKey)) return name;
        var latin = new StringBuilder(name.Length + 4);
        foreach (var letter in name) latin.Append(Letters.TryGetValue(letter, out var same) ? same : letter.ToString());
        return latin.ToString();
    }

    private static IEnumerable<KeyValuePair<char, string>> Row(string letters, string latin) =>
        letters.Zip(latin.Split(' '), (letter, same) => KeyValuePair.Create(letter, same == "-" ? "" : same));
}
