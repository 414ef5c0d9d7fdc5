using System.Collections.Frozen;

namespace FeedWatch.Parsing.Dates;

/// <summary>
/// Month names in the detector's languages, whatever their case and the machine's culture. A name may be cut short to three letters
/// where that leaves one month only; <see cref="Short"/> has the abbreviations that are no such beginning, and settles the rest.
/// </summary>
internal static class MonthNames
{
    private const int Longest = 16;

    // One line a month, each name in the forms that stand beside a day.
    private static readonly string[] Full =
    [
        "january januari januar janvier enero gennaio janeiro ianuarie tammikuuta tammikuu stycznia styczeń ledna leden január januára siječnja siječanj sausio ιανουαρίου ιανουάριος janar ocak януари января січня јануар јануара",
        "february februari februar février febrero febbraio fevereiro februarie helmikuuta helmikuu lutego luty února únor február veljače veljača vasario φεβρουαρίου φεβρουάριος shkurt şubat февруари февраля лютого фебруар фебруара",
        "march maart märz mars marts marzo março martie maaliskuuta maaliskuu marca marzec března březen március marec ožujka ožujak kovo μαρτίου μάρτιος mart март марта березня",
        "april avril abril aprile aprilie huhtikuuta huhtikuu kwietnia kwiecień dubna duben április apríl travnja travanj balandžio απριλίου απρίλιος prill nisan април апреля квітня априла",
        "may mei mai mayo maggio maio maj toukokuuta toukokuu maja května květen május mája svibnja svibanj gegužės μαΐου μάιος mayıs май мая травня мај маја",
        "june juni juin junio giugno junho iunie kesäkuuta kesäkuu czerwca czerwiec června červen június jún júna lipnja lipanj birželio ιουνίου ιούνιος qershor haziran юни июня червня јун јуна juna jun",
        "july juli juillet julio luglio julho iulie heinäkuuta heinäkuu lipca lipiec července červenec július júl júla srpnja srpanj liepos ιουλίου ιούλιος korrik temmuz юли июля липня јул јула jula jul",
        "august augustus août agosto augusti elokuuta elokuu sierpnia sierpień srpna srpen augusztus augusta kolovoza kolovoz rugpjūčio αυγούστου αύγουστος gusht ağustos август августа серпня avgust avgusta",
        "september septembre septiembre setiembre settembre setembro septembrie syyskuuta syyskuu września wrzesień září szeptember septembra rujna rujan rugsėjo σεπτεμβρίου σεπτέμβριος shtator eylül септември сентября вересня септембар септембра septembar",
        "october oktober octobre octubre ottobre outubro octombrie lokakuuta lokakuu października październik října říjen október októbra spalio οκτωβρίου οκτώβριος tetor ekim октомври октября жовтня октобар октобра oktobar oktobra",
        "november novembre noviembre novembro noiembrie marraskuuta marraskuu listopada listopad studenoga studenog studeni lapkričio νοεμβρίου νοέμβριος nëntor kasım ноември ноября листопада новембар новембра novembar novembra",
        "december dezember décembre diciembre dicembre dezembro decembrie joulukuuta joulukuu grudnia grudzień prosince prosinec decembra prosinca prosinac gruodžio δεκεμβρίου δεκέμβριος dhjetor aralık декември декабря грудня децембар децембра decembar",
    ];

    // Listopad is a Croatian October and a Polish and Czech November, as lipanj and srpanj compete with lipiec and srpen: the larger press wins.
    private static readonly string[] Short =
    [
        "jan ene", "feb fev fevr", "mar mrt mrz mär μάρ μαρ", "apr avr abr", "mai máj μάι μαϊ μαι", "jun ιούν ιουν", "jul juil lip ιούλ ιουλ", "aug aout aoû srp авг",
        "sep sept σεπ", "oct okt ott", "nov lis", "dec dez dic déc",
    ];

    private static readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> Names = Build().GetAlternateLookup<ReadOnlySpan<char>>();

    /// <returns>1 to 12; zero where the word is no month.</returns>
    public static int Number(ReadOnlySpan<char> word)
    {
        if (word.Length is < 3 or > Longest) return 0;
        Span<char> lower = stackalloc char[Longest];
        var length = word.ToLowerInvariant(lower);
        return Names.TryGetValue(lower[..length], out var month) ? month : 0;
    }

    private static FrozenDictionary<string, int> Build()
    {
        var names = new Dictionary<string, int>(StringComparer.Ordinal);
        var full = ByMonth(Full).ToList();
        foreach (var (word, month) in ByMonth(Short).Concat(full)) names.TryAdd(word, month);

        var beginnings = full.SelectMany(f => Enumerable.Range(3, Math.Max(0, f.Word.Length - 3)).Select(length => (Word: f.Word[..length], f.Month)));
        foreach (var group in beginnings.Distinct().GroupBy(b => b.Word).Where(g => g.Count() == 1)) names.TryAdd(group.Key, group.First().Month);
        return names.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static IEnumerable<(string Word, int Month)> ByMonth(string[] lines) =>
        lines.SelectMany((words, index) => words.Split(' ').Select(word => (word, index + 1)));
}
