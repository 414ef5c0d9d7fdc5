namespace FeedWatch.Detection.Text;

/// <summary>The named character references that feeds use (HTML 4, Latin-1 letters and general punctuation).</summary>
internal static class Entities
{
    private const string Latin1 =
        "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo " +
        "frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve " +
        "Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute " +
        "ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml";

    public static Dictionary<string, char> Named { get; } = Make();

    private static Dictionary<string, char> Make()
    {
        var named = new Dictionary<string, char>(StringComparer.Ordinal)
        {
            ["amp"] = '&', ["lt"] = '<', ["gt"] = '>', ["quot"] = '"', ["apos"] = '\'',
            ["euro"] = '€', ["hellip"] = '…', ["ndash"] = '–', ["mdash"] = '—', ["lsquo"] = '‘', ["rsquo"] = '’', ["sbquo"] = '‚',
            ["ldquo"] = '“', ["rdquo"] = '”', ["bdquo"] = '„', ["lsaquo"] = '‹', ["rsaquo"] = '›', ["bull"] = '•', ["trade"] = '™',
            ["OElig"] = 'Œ', ["oelig"] = 'œ', ["Scaron"] = 'Š', ["scaron"] = 'š', ["Zcaron"] = 'Ž', ["zcaron"] = 'ž', ["Yuml"] = 'Ÿ',
            ["thinsp"] = '\u2009', ["ensp"] = '\u2002', ["emsp"] = '\u2003', ["zwnj"] = '\u200c', ["zwj"] = '\u200d',
        };
        var code = '\u00a0';
        foreach (var name in Latin1.Split(' '))
            named[name] = code++;
        return named;
    }
}
