namespace FeedWatch.Chat.Wording;

/// <summary>English names for codes. Written out here because the framework's own depend on the machine's ICU.</summary>
internal static class Names
{
    private static readonly Dictionary<string, string> Countries = Table(
        """
        AE United Arab Emirates;AL Albania;AR Argentina;AT Austria;AU Australia;BA Bosnia and Herzegovina;BE Belgium;BG Bulgaria;
        BR Brazil;CA Canada;CH Switzerland;CL Chile;CN China;CO Colombia;CR Costa Rica;CY Cyprus;CZ Czechia;DE Germany;DK Denmark;
        DO Dominican Republic;EC Ecuador;EE Estonia;EG Egypt;ES Spain;FI Finland;FR France;GB United Kingdom;GE Georgia;GR Greece;
        HK Hong Kong;HR Croatia;HU Hungary;ID Indonesia;IE Ireland;IL Israel;IN India;IR Iran;IS Iceland;IT Italy;JP Japan;
        KR South Korea;LT Lithuania;LU Luxembourg;LV Latvia;MA Morocco;MC Monaco;MD Moldova;ME Montenegro;MK North Macedonia;
        MT Malta;MX Mexico;MY Malaysia;NL Netherlands;NO Norway;NZ New Zealand;PA Panama;PE Peru;PL Poland;PT Portugal;
        PY Paraguay;RO Romania;RS Serbia;RU Russia;SE Sweden;SG Singapore;SI Slovenia;SK Slovakia;SR Suriname;TH Thailand;
        TR Turkey;UA Ukraine;US United States;UY Uruguay;VE Venezuela;XK Kosovo;ZA South Africa
        """);

    private static readonly Dictionary<string, string> Languages = Table(
        """
        ar Arabic;bg Bulgarian;cs Czech;da Danish;de German;el Greek;en English;es Spanish;et Estonian;fi Finnish;fr French;
        hr Croatian;hu Hungarian;it Italian;ja Japanese;lt Lithuanian;lv Latvian;mk Macedonian;nl Dutch;no Norwegian;nb Norwegian;
        pl Polish;pt Portuguese;ro Romanian;ru Russian;sk Slovak;sl Slovenian;sq Albanian;sr Serbian;sv Swedish;tr Turkish;
        uk Ukrainian;zh Chinese
        """);

    /// <param name="code">ISO 3166 alpha-2.</param>
    public static string Country(string code) => Countries.GetValueOrDefault(code) ?? PlainText.Of(code, 40);

    /// <param name="code">ISO 639-1, with or without a region.</param>
    public static string Language(string code) => Languages.GetValueOrDefault(code.Split('-')[0]) ?? PlainText.Of(code, 20);

    /// <summary>"A, B and C".</summary>
    public static string Listed(IReadOnlyList<string> names) => names.Count switch
    {
        0 => "",
        1 => names[0],
        _ => $"{string.Join(", ", names.SkipLast(1))} and {names[^1]}",
    };

    private static Dictionary<string, string> Table(string text) => text
        .Split(';', StringSplitOptions.TrimEntries)
        .ToDictionary(entry => entry[..2], entry => entry[3..], StringComparer.OrdinalIgnoreCase);
}
