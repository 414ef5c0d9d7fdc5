using System.Globalization;
using System.Text;

namespace FeedWatch.Detection.Text;

/// <summary>
/// What a character counts as when words are compared: one byte per UTF-16 code unit, so that a place in the folded text is
/// the same place in the text. Case and diacritics fall away, Cyrillic and Greek letters that look like a Latin one are that
/// Latin one (in the lexicon as well, so Russian still reads as Russian), invisible characters are <see cref="Skip"/>.
/// </summary>
internal static class Fold
{
    /// <summary>Punctuation, quotes, symbols: ends a word and separates phrases.</summary>
    public const byte Break = 0;

    /// <summary>Space, hyphen and their relatives: ends a word, but the words of one term may be joined by it.</summary>
    public const byte Joint = 1;

    /// <summary>Zero width, soft hyphen, combining marks, bidi controls: as if it were not there.</summary>
    public const byte Skip = 2;

    /// <summary>A letter of a script that no lexicon uses.</summary>
    public const byte Foreign = 3;

    private const byte FirstLetter = 4;
    private const string Letters = "abcdefghijklmnopqrstuvwxyz0123456789бгджзийлпфцчшщъыьэюяєђљњћџґѓќγδθλξπσφψω";

    // Letters whose shape, in one of the two cases, is that of a Latin letter, and letters that Unicode does not decompose.
    private const string LookAlikes =
        "аaвbеeкkмmнhоoрpсcтtуyхxіiїiјjѕsԁdһhӏlёeўyѐeѝи" +
        "αaβbεeζzηhιiκkμmνnοoρpτtυyχxςσ" +
        "øołlđdðdħhıiŧtſsßsæaœoþtŋnĸkɑaɡgɩi";

    /// <summary>How many classes there are.</summary>
    public static readonly int Classes = FirstLetter + Letters.Length;

    private static readonly byte[] Table = MakeTable();

    /// <summary>One class for each of the 65,536 code units.</summary>
    public static ReadOnlySpan<byte> Map => Table;

    public static byte Of(char character) => Table[character];

    /// <summary>Whether it belongs inside a word.</summary>
    public static bool IsWord(byte folded) => folded >= Foreign;

    public static bool IsDigit(byte folded) => folded is >= FirstLetter + 26 and < FirstLetter + 36;

    /// <summary>The letter or digit a class stands for; a space for the others.</summary>
    public static char Letter(byte folded) => folded < FirstLetter ? ' ' : Letters[folded - FirstLetter];

    /// <summary>A word as its folded letters, for look-ups in dictionaries.</summary>
    public static string Word(ReadOnlySpan<char> text)
    {
        var word = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            var folded = Table[character];
            if (folded != Skip)
                word.Append(Letter(folded));
        }

        return word.ToString();
    }

    private static byte[] MakeTable()
    {
        var table = new byte[char.MaxValue + 1];
        for (var i = 0; i < table.Length; i++)
            table[i] = ClassOf((char)i);
        return table;
    }

    private static byte ClassOf(char character)
    {
        if (character is '-' or '_' or '\u2010' or '\u2011' || char.IsWhiteSpace(character) && character is not '\u2028' and not '\u2029')
            return Joint;
        if (char.IsSurrogate(character))
            return Break;
        switch (char.GetUnicodeCategory(character))
        {
            case UnicodeCategory.Format or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark:
                return Skip;
            case UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
                or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.DecimalDigitNumber:
                return LetterClass(character);
            default:
                return Break;
        }
    }

    private static byte LetterClass(char character)
    {
        // й is a letter of its own although Unicode calls it и with a mark.
        var plain = char.ToLowerInvariant(character);
        if (plain is not ('й' or 'ѓ' or 'ќ'))
            plain = char.ToLowerInvariant(character.ToString().Normalize(NormalizationForm.FormKD)[0]);
        for (var i = 0; i < LookAlikes.Length; i += 2)
        {
            if (LookAlikes[i] == plain)
                plain = LookAlikes[i + 1];
        }

        var index = Letters.IndexOf(plain, StringComparison.Ordinal);
        return index < 0 ? Foreign : (byte)(FirstLetter + index);
    }
}
