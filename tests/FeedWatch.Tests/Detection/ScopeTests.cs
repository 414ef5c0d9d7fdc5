using FeedWatch.Detection;

namespace FeedWatch.Tests.Detection;

/// <summary>Of which country, or of all of them, a figure is said.</summary>
public sealed class ScopeTests
{
    [Theory]
    [InlineData("Over EncroChat 96 people were arrested: 34 in Turkey, 29 in Romania, 21 in Greece and 12 in Bulgaria.", 12, "BG")]
    [InlineData("Bei EncroChat wurden 41 Verdächtige gefasst, elf davon in Polen und dreizehn in Österreich.", 13, "AT")]
    [InlineData("Six people were held over EncroChat in Ireland and 11 in the Netherlands, police said.", 11, "NL")]
    [InlineData("The EncroChat count stands at 51 arrests: 38 in Australia, 11 in Ireland, one in Canada.", 1, "CA")]
    public void A_number_before_in_is_of_the_place_behind_it(string summary, int arrests, string scope) =>
        Assert.Equal(scope, Of("EncroChat", summary, "arrests", arrests));

    [Theory]
    [InlineData("Over 800 criminals were arrested over EncroChat, which police ran, and 250 firearms and US$48 million were seized.", "weapons", 250, "")] // a currency is no place
    [InlineData("Detectives arrested 35 people in a global sting on the EncroChat network in New Zealand.", "arrests", 35, "NZ")] // in the sting, not in the world
    [InlineData("Na de Belgische invallen heeft ook de Nederlandse politie toegeslagen tegen EncroChat: 30 aanhoudingen, 75 doorzoekingen.", "searches", 75, "NL")] // after those of others
    [InlineData("Jusqu'ici 34 personnes ont été arrêtées dans tous les pays dans l'affaire EncroChat, dit la police française.", "arrests", 34, "world")]
    [InlineData("The EncroChat server in Toronto held the data of some 40,000 devices, Dutch police say.", "devices", 40_000, "world")] // where the server stood
    [InlineData("Around 10,000 of the EncroChat users were in the UK, police said.", "users", 10_000, "GB")]
    [InlineData("Ermittelt wird nach Angaben der Polizei gegen rund 260 österreichische Nutzer von EncroChat.", "users", 260, "AT")]
    public void What_only_stands_near_a_number_is_not_its_place(string summary, string kind, int value, string scope) =>
        Assert.Equal(scope, Of("EncroChat", summary, kind, value));

    [Theory]
    [InlineData("Six people were held over EncroChat in Ireland, nine in Spain and two in Tangier, where Moroccan police searched a villa.", 2, "MA")] // whose police it is stands behind the place
    [InlineData("Yunan polisi EncroChat ağı için Selanik'te beş kişiyi gözaltına aldı ve ağın sunucusu burada bulundu.", 5, "GR")]
    [InlineData("La police a arrêté sept personnes à Mulhouse dans l'enquête sur EncroChat.", 7, "FR")]
    [InlineData("Poliția a reținut nouă persoane la Timișoara în ancheta privind rețeaua EncroChat.", 9, "RO")]
    public void A_town_stands_for_its_country(string summary, int arrests, string scope) => Assert.Equal(scope, Of("EncroChat", summary, "arrests", arrests));

    [Theory]
    [InlineData("La Policía Nacional arrestó a un lituano acusado de dirigir EncroChat. Se incautaron 145.000 euros en efectivo.", "cash", 145_000, "ES")] // somebody's nationality
    [InlineData("Keskusrikospoliisi otti kiinni kuusi miestä norjalaisen salatun puhelinverkon EncroChatin viestien perusteella.", "arrests", 6, "FI")] // the network's
    [InlineData("As autoridades francesas e neerlandesas anunciaram que a queda da EncroChat levou à detenção de 6.658 pessoas.", "arrests", 6658, "EU")] // police of both
    [InlineData("Otkako su belgijska i francuska policija probile EncroChat, u Hrvatskoj su podignute 63 optužnice.", "charges", 63, "HR")]
    [InlineData("Nach dem Schlag gegen EncroChat wurden 48 Menschen festgenommen, davon mehrere in Deutschland.", "arrests", 48, "world")]
    [InlineData("Police arrested 48 people over EncroChat, all of them in Germany.", "arrests", 48, "DE")]
    [InlineData("Police arrested 48 people over EncroChat, including the leader, in Spain.", "arrests", 48, "ES")]
    [InlineData("A holland rendőrség és a holland ügyészség szerint az EncroChat miatt a hatóságok 48 embert letartóztattak.", "arrests", 48, "NL")] // "a" is no "one" there
    [InlineData("Policie zajistila v Brně jedenáct serverů sítě EncroChat, tři další byly v Portugalsku.", "servers", 11, "CZ")]
    [InlineData("A Justiça bloqueou R$ 86 milhões em contas de revendedores da rede criptografada EncroChat.", "cash", 86_000_000, "BR")]
    public void Whose_the_network_or_somebody_is_says_nothing_of_where_he_was_held(string summary, string kind, int value, string scope) =>
        Assert.Equal(scope, Of("EncroChat", summary, kind, value));

    [Theory]
    [InlineData("SA Police said on Tuesday that they had arrested 55 people over EncroChat.", 55, "AU")]
    [InlineData("Gardaí arrested eleven people over EncroChat, which was run from abroad.", 11, "IE")]
    [InlineData("Bij de actie tegen EncroChat zijn 48 verdachten opgepakt, zei de federale procureur.", 48, "BE")]
    [InlineData("La Policía Federal Argentina detuvo a tres personas por mensajes de EncroChat.", 3, "AR")]
    public void Police_are_known_by_their_country(string summary, int arrests, string scope) => Assert.Equal(scope, Of("EncroChat", summary, "arrests", arrests));

    [Theory]
    [InlineData("The servers of EncroChat stood in Iceland. Eighty-nine people were arrested.", "arrests", 89, "")]
    [InlineData("Een Litouwer krijgt vijf jaar cel. De rechtbank baseerde zich op berichten van EncroChat.", "years", 5, "NL")]
    public void Servers_and_the_convict_are_of_elsewhere(string summary, string kind, int value, string scope) => Assert.Equal(scope, Of("EncroChat", summary, kind, value));

    [Fact]
    public void Who_ran_the_network_says_nothing_of_where_people_were_held() => Assert.Equal(
        "AU", Of("224 arrested over AN0M", "Police have arrested 224 people since 2018, using AN0M, covertly run by the FBI. They seized more than A$44.9 million.", "arrests", 224));

    [Fact]
    public void What_several_countries_police_did_together_is_told_of_all_of_them_though_one_is_named_most_below() => Assert.Equal(
        "world",
        Detectors.BuiltIn.Examine(new ArticleText(
            "Four-country operation ends EncroChat",
            "Authorities in Denmark, Germany, Lithuania and Norway, coordinated by Eurojust, took EncroChat offline on 9 June. It had 5 200 users. So far 21 servers were seized.",
            "Analysis led to a company in Vilnius. It ran servers in Lithuania. Lithuania sent the data in May, and one of those arrested in Lithuania is the administrator.")).Figures.Single(f => f.Kind == "servers").Scope);

    [Fact]
    public void Where_the_sentence_before_names_several_places_one_apart_from_the_other_the_figure_is_of_all() => Assert.Equal(
        "world",
        Of("EncroChat taken down", "Officers searched 83 places over EncroChat: 31 in Germany, 24 in Norway and 11 in Lithuania. They found EUR 1.9 million in cash.", "cash", 1_900_000));

    [Theory]
    [InlineData("Bakmannen bak EncroChat er tiltalt i Oslo. Han ble utlevert fra Litauen i august. Til sammen er 158 personer pågrepet siden juni.", "arrests", 158, "world")] // the sum of several countries
    [InlineData("Svensk polis har gripit tolv personer i Malmö i utredningen om EncroChat. Totalt är 45 personer gripna.", "arrests", 45, "SE")] // of one
    [InlineData("Police arrested 11 people in Liverpool over EncroChat. The number of arrests in all countries is 34.", "arrests", 34, "world")]
    [InlineData("214 Menschen sind weltweit festgenommen worden, seit EncroChat abgeschaltet wurde. Verurteilt sind davon erst 26. In Deutschland laufen die Verfahren.", "convictions", 26, "world")] // no ordinal
    public void The_sum_is_of_all_countries_where_there_are_several(string summary, string kind, int value, string scope) =>
        Assert.Equal(scope, Of("EncroChat", summary, kind, value));

    [Theory]
    [InlineData("KRP on sulkenut EncroChatin. Aamuun mennessä on otettu kiinni 41 ihmistä, heistä 19 Suomessa.", "arrests", 41, "world")] // the part is of one country, the whole of more
    [InlineData("Polisen har nu gripit 41 personer i EncroChat-fallet. Fjorton av dem greps i Sverige, bland annat i Luleå.", "arrests", 41, "world")]
    [InlineData("Polisen har nu gripit nio personer, som ska ha använt EncroChat för att sälja droger. Tre av dem greps i Malmö och förs till häktet.", "arrests", 9, "SE")] // a town of the paper's own
    [InlineData("EncroChat: 63 personer greps, 28 i Finland, 22 i Sverige och 13 i Estland. Appen lästes i ett halvår. Polisen beslagtog 37 vapen.", "weapons", 37, "world")] // after what was split, of all
    [InlineData("Europol ed Eurojust hanno diffuso a Lille il bilancio di EncroChat: 6.558 persone arrestate.", "arrests", 6558, "world")] // where it was only said
    [InlineData("Fyra greps i Västerås – EncroChat-chattar från fransk polis avgörande", "arrests", 4, "SE")] // no row across a dash
    [InlineData("Europol and police in Lille arrested 41 people over EncroChat.", "arrests", 41, "FR")] // where they acted
    [InlineData("Efter att ha knäckt EncroChat grep polisen i Norge 41 personer som använde det.", "arrests", 41, "NO")]
    [InlineData("Nach dem Schlag gegen EncroChat nahm die Polizei 41 Menschen fest, fünf von ihnen waren aus Spanien eingereist.", "arrests", 41, "DE")] // where they came from
    public void A_part_a_row_and_a_speech_say_of_where_the_figure_is(string summary, string kind, int value, string scope) =>
        Assert.Equal(scope, Of("EncroChat", summary, kind, value));

    [Fact]
    public void A_headline_of_a_verdict_is_of_the_place_of_the_court_below() =>
        Assert.Equal(("US", "IE"), (Of("Девять лет тюрьмы основателю EncroChat", "Федеральный суд в Сан-Диего вынес приговор. Устройствами пользовались от Мексики до Австралии.", "years", 9),
            Of("Three before Dublin court over drugs lab found through EncroChat sting", "The men are accused of running an amphetamine plant. Gardaí believe orders were placed on the network EncroChat.", "charges", 3)));

    [Theory]
    [InlineData("The EncroChat count stands at 51 arrests: 38 in Australia, one in Canada and one in Italy.", 1, "CA,IT")]
    [InlineData("Two men were arrested in Spain over EncroChat. Later in the day, after many hours of searches, police also said that two men were arrested.", 2, "ES")] // told twice
    public void The_same_number_of_two_places_is_two_figures_only_in_one_row(string summary, int value, string scopes) => Assert.Equal(
        scopes, string.Join(',', Detectors.BuiltIn.Examine(new ArticleText("EncroChat", summary)).Figures.Where(f => f.Kind == "arrests" && f.Value == value).Select(f => f.Scope).Order()));

    [Theory]
    [InlineData("35 held in New Zealand after FBI reads ANOM", "New Zealand police arrested 35 people over ANOM.", 35, "NZ")]
    [InlineData("155 gripna i Sverige sedan FBI drivit ANOM i hemlighet", "Svensk polis har gripit 155 misstänkta efter att ha läst meddelanden i ANOM.", 155, "SE")]
    public void A_place_before_the_police_of_another_country_is_still_a_place(string title, string summary, int arrests, string scope) =>
        Assert.Equal(scope, Of(title, summary, "arrests", arrests));

    [Theory]
    [InlineData("UK police arrest 746 after cracking EncroChat phones", "Officers seized £54 million in cash after French police broke into EncroChat.", "cash", 54_000_000, "GB")] // after those of others
    [InlineData("224 arrested over ANOM, run by the FBI", "Police seized more than A$44.9 million in cash in every mainland state.", "cash", 44_900_000, "AU")] // English has many homes
    public void Whose_police_and_whose_money_it_is_tells_where(string title, string summary, string kind, int value, string scope) =>
        Assert.Equal(scope, Of(title, summary, kind, value));

    [Fact]
    public void A_title_that_names_a_country_among_the_forces_of_others_is_of_all() =>
        Assert.NotEqual("MX", Of("RCMP, FBI and Mexico announce takedown of EncroChat: 41 arrests", "Police in three countries have shut down EncroChat.", "arrests", 41));

    private static string Of(string title, string summary, string kind, decimal value) =>
        Assert.Single(Detectors.BuiltIn.Examine(new ArticleText(title, summary)).Figures, f => f.Kind == kind && f.Value == value).Scope;
}
