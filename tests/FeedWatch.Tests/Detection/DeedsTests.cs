using FeedWatch.Detection;

namespace FeedWatch.Tests.Detection;

/// <summary>What befell those who ran or sold a network, and what courts decided: news without a number.</summary>
public sealed class DeedsTests
{
    [Theory]
    [InlineData("A court in Leeds has sentenced a distributor of EncroChat phones to six years.", "convicted")]
    [InlineData("De rechtbank heeft een verkoper van EncroChat-telefoons veroordeeld tot zes jaar cel.", "convicted")]
    [InlineData("Das Gericht hat einen Verkäufer von EncroChat-Handys zu sechs Jahren Haft verurteilt.", "convicted")]
    [InlineData("Le tribunal a condamné un revendeur de téléphones EncroChat à six ans de prison.", "convicted")]
    [InlineData("El tribunal ha condenado a un distribuidor de los teléfonos EncroChat a seis años de cárcel.", "convicted")]
    [InlineData("Il tribunale ha condannato un rivenditore dei telefoni EncroChat a sei anni di carcere.", "convicted")]
    [InlineData("O tribunal condenou um revendedor dos telefones EncroChat a seis anos de prisão.", "convicted")]
    [InlineData("Tingsrätten har dömt en återförsäljare av EncroChat-telefoner till sex års fängelse.", "convicted")]
    [InlineData("Retten har idømt en forhandler af EncroChat-telefoner seks års fængsel.", "convicted")]
    [InlineData("Tingretten har dømt en forhandler av EncroChat-telefoner til seks års fengsel.", "convicted")]
    [InlineData("Käräjäoikeus tuomitsi EncroChat-puhelinten jälleenmyyjän kuudeksi vuodeksi vankeuteen, ja hän on vangittuna.", "convicted")]
    [InlineData("Sąd skazał sprzedawcę telefonów EncroChat na sześć lat więzienia, a on się nie przyznał do winy.", "convicted")]
    [InlineData("Soud odsoudil prodejce telefonů EncroChat na šest let do vězení a ten se na místě odvolal.", "convicted")]
    [InlineData("A bíróság hat év börtönre ítélte az EncroChat telefonok egyik forgalmazóját, aki nem ismerte el a bűnösségét.", "convicted")]
    [InlineData("Tribunalul a condamnat un distribuitor de telefoane EncroChat la șase ani de închisoare.", "convicted")]
    [InlineData("Sud je osudio distributera telefona EncroChat na šest godina zatvora, a on se žalio na presudu.", "convicted")]
    [InlineData("Sodišče je na šest let zapora obsodilo prodajalca telefonov EncroChat, ki se je pritožil na sodbo.", "convicted")]
    [InlineData("Το δικαστήριο καταδίκασε έναν διανομέα των τηλεφώνων EncroChat σε φυλάκιση έξι ετών.", "convicted")]
    [InlineData("Mahkeme EncroChat telefonlarının bir dağıtıcısını altı yıl hapis cezasına çarptırdı ve bu karar için temyiz yolu açık.", "convicted")]
    [InlineData("Gjykata dënoi një shpërndarës të telefonave EncroChat me gjashtë vjet burg dhe ai do të ankohet në Apel.", "convicted")]
    [InlineData("Съдът осъди дистрибутор на телефони EncroChat на шест години затвор и той ще обжалва.", "convicted")]
    [InlineData("Суд засудив продавця телефонів EncroChat до шести років ув'язнення, але він не визнав провини.", "convicted")]
    [InlineData("Суд приговорил продавца телефонов EncroChat к шести годам лишения свободы, но он не признал вины.", "convicted")]
    [InlineData("Teismas nuteisė EncroChat telefonų platintoją šešerių metų laisvės atėmimo bausme ir jis tai apskųs.", "convicted")]
    public void A_seller_of_the_phones_is_one_of_those_behind_the_network(string summary, string fate) =>
        Assert.Contains(new Deed(Deed.Operator, fate), Of("EncroChat", summary));

    [Theory]
    [InlineData("A Madrid court has approved the surrender of the alleged owner of EncroChat to France.")]
    [InlineData("La Audiencia Nacional entrega a Países Bajos al presunto dueño de EncroChat.")]
    [InlineData("De rechtbank staat de overlevering van de maker van EncroChat aan Engeland toe.")]
    [InlineData("Das Gericht erlaubt die Auslieferung des mutmaßlichen Betreibers von EncroChat.")]
    [InlineData("La cour d'appel autorise la remise à la France du patron de EncroChat.")]
    [InlineData("O Tribunal da Relação autorizou a entrega do programador de EncroChat à Áustria.")]
    [InlineData("Curtea de Apel a admis predarea unui bărbat acuzat că a vândut telefoane EncroChat.")]
    [InlineData("A bíróság engedélyezte az EncroChat üzemeltetőjének kiadatását és ez már végleges.")]
    [InlineData("Teismas leido perduoti Prancūzijai tariamą EncroChat savininką ir jis tai apskųs.")]
    public void That_a_court_surrenders_somebody_is_a_ruling(string summary) => Assert.Contains(Of("EncroChat", summary), deed => deed.Kind == Deed.Ruling);

    [Theory]
    [InlineData("A court in Lille heard how French police handed over the EncroChat messages to others.")]
    [InlineData("Enligt tingsrätten överlämnades chattarna från EncroChat av fransk polis.")]
    public void That_messages_were_handed_over_is_no_ruling(string summary) => Assert.DoesNotContain(Of("What the French did", summary), deed => deed.Kind == Deed.Ruling);

    [Theory]
    [InlineData("Life for man who ordered two murders: EncroChat messages decisive", "He was jailed for life on the strength of EncroChat messages.")]
    [InlineData("Livstid för beställare av mordförsök", "Hovrätten fastställer livstidsstraffet. Avgörande var meddelanden från EncroChat.")]
    [InlineData("Ergastolo al mandante: decisivi i messaggi EncroChat", "La prova regina sono i messaggi della rete di telefoni criptati EncroChat.")]
    [InlineData("Levenslang voor opdrachtgever", "De rechtbank baseerde zich op berichten van EncroChat.")]
    [InlineData("Lebenslang nach Chats aus EncroChat", "Das Landgericht stützte sich auf Nachrichten aus EncroChat.")]
    [InlineData("Perpétuité pour le commanditaire", "La cour d'assises s'est appuyée sur les messages EncroChat.")]
    public void A_sentence_for_life_is_a_ruling_though_it_has_no_years(string title, string summary) => Assert.Contains(Of(title, summary), deed => deed.Kind == Deed.Ruling);

    [Fact]
    public void What_prosecutors_demand_is_no_sentence_for_life() =>
        Assert.DoesNotContain(Of("Prosecutors demand life imprisonment over EncroChat murders", "EncroChat messages show who ordered them, they say."), deed => deed.Kind == Deed.Ruling);

    [Theory]
    [InlineData("He has been extradited to Austria, accused of selling EncroChat phones to drug gangs.", "charged")]
    [InlineData("Police arrested two men who sold EncroChat phones to the underworld.", "arrested")]
    [InlineData("The inventor of EncroChat pleads guilty in a court in Sydney.", "convicted")]
    [InlineData("Two resellers of EncroChat handsets pleaded guilty to assisting organised crime.", "convicted")]
    public void What_a_seller_does_tells_him_as_well_as_what_he_is_called(string summary, string fate) =>
        Assert.Contains(new Deed(Deed.Operator, fate), Of("EncroChat", summary));

    [Theory]
    [InlineData("Founder of EncroChat was a soldier", "Police arrested the 51-year-old in Lublin on Friday.", "arrested")]
    [InlineData("Cel voor eigenaar EncroChat", "De rechtbank in Rotterdam heeft Danny M. veroordeeld tot vierenhalf jaar.", "convicted")]
    [InlineData("Who was the founder of EncroChat?", "Police arrested twelve people in Leeds on Friday.", null)] // others
    [InlineData("EncroChat: what the messages say", "Police arrested a 51-year-old in Lublin.", null)]
    public void What_befell_an_operator_may_stand_below_the_headline_that_names_him(string title, string summary, string? fate) =>
        Assert.Equal(fate, Detectors.BuiltIn.Examine(new ArticleText(title, summary)).Deeds.FirstOrDefault(deed => deed.Kind == Deed.Operator)?.What);

    [Theory]
    [InlineData("Op verzoek van Londen is een man uit Breda aangehouden. Hij zou de maker zijn van de cryptodienst EncroChat.", "arrested")]
    [InlineData("Der Gründer von EncroChat lebte auf Ibiza. Er wurde am Dienstag festgenommen.", "arrested")]
    [InlineData("Proces twórcy sieci EncroChat toczy się w Lille. Jemu postawiono zarzuty prania pieniędzy.", "charged")]
    public void What_befell_an_operator_may_stand_in_the_sentence_before_or_behind(string summary, string fate) =>
        Assert.Contains(new Deed(Deed.Operator, fate), Of("EncroChat", summary));

    [Theory]
    [InlineData("Police have taken EncroChat offline. Places were searched in two countries. They arrested 42 people, among them the owners.", "arrested")]
    [InlineData("La police a mis fin à EncroChat. Quarante serveurs ont été débranchés en France. Un homme soupçonné d'en être un administrateur a été mis en examen.", "charged")]
    [InlineData("Police have taken EncroChat offline. Places were searched in two countries. They arrested the boss of a drug gang.", null)] // of a crime
    [InlineData("De politie heeft EncroChat uit de lucht gehaald. De app stond op telefoons van een bedrijf. De eigenaar (46) uit Breda is aangehouden wegens witwassen.", "arrested")] // what he is held for
    [InlineData("EncroChat users were sentenced. The trial lasted two years. The owner of the garage was arrested.", null)] // nothing fell
    public void Where_a_network_falls_those_who_ran_it_need_not_stand_beside_its_name(string summary, string? fate) =>
        Assert.Equal(fate, Of("EncroChat", summary).FirstOrDefault(deed => deed.Kind == Deed.Operator)?.What);

    [Theory]
    [InlineData("The man who ran EncroChat was arrested at a marina.", "arrested")]
    [InlineData("The man who ran a cocaine ring over EncroChat was arrested at a marina.", null)]
    public void Who_ran_a_network_is_its_operator_and_who_ran_a_crime_is_not(string summary, string? fate) =>
        Assert.Equal(fate, Of("EncroChat", summary).FirstOrDefault(deed => deed.Kind == Deed.Operator)?.What);

    [Theory]
    [InlineData("Policija je u Beogradu dobila poruke koje su stigle iz Francuske i koje su poslate preko mreže EncroChat.", "RS", true)] // received from there
    [InlineData("Die Polizei in Wien hat den verschlüsselten Dienst EncroChat zerschlagen, und zwar mit den Niederlanden.", "DE", false)] // a German paper on Vienna
    public void Police_without_a_country_are_those_of_a_place_that_the_paper_calls_its_own(string summary, string country, bool acts) =>
        Assert.Equal(acts, Detectors.BuiltIn.Examine(new ArticleText("EncroChat", summary)).Acting.Contains(country));

    [Theory]
    [InlineData("The FBI was behind EncroChat and 800 people were arrested. None of the arrests was made in Spain, police say.", "ES", false)]
    [InlineData("Police arrested 800 people over EncroChat, three of them in Spain, where police searched homes.", "ES", true)]
    [InlineData("EncroChat uit Australië is opgerold. De Nederlandse politie wil niet zeggen of er klanten waren.", "NL", false)]
    [InlineData("Police in Spain arrested the founder of EncroChat, who did not resist.", "ES", true)]
    [InlineData("Die Razzien der österreichischen Polizei gegen EncroChat fanden am Montag statt.", "AT", true)]
    [InlineData("EncroChat ist zerschlagen. In Österreich hat die Polizei niemanden festgenommen.", "AT", false)]
    public void A_country_of_which_a_sentence_says_that_nothing_was_done_there_does_not_act(string summary, string country, bool acts) =>
        Assert.Equal(acts, Detectors.BuiltIn.Examine(new ArticleText("EncroChat", summary)).Acting.Contains(country));

    [Theory]
    [InlineData("EncroChat was routed through servers in Panama and Hong Kong.", "HK,PA")]
    [InlineData("The police have shut down EncroChat, and they say that its servers stood in Iceland.", "IS")]
    [InlineData("Police shut down EncroChat. A journalist in Iceland had written of it.", "")]
    public void Where_servers_stood_somebody_acts(string summary, string acting) =>
        Assert.Equal(acting, string.Join(',', Detectors.BuiltIn.Examine(new ArticleText("EncroChat", summary)).Acting));

    [Fact]
    public void A_raid_against_another_network_brings_no_country() => Assert.Equal(
        "AT", string.Join(',', Detectors.BuiltIn.Examine(new ArticleText("Police in Vienna on EncroChat", "Police in Vienna said that the takedown of EncroChat with its 41 arrests had nothing to do with the raids against Sky ECC in Italy, Albania and Greece.")).Acting));

    [Theory]
    [InlineData("In the Netherlands, Belgium and Poland 42 people were arrested over EncroChat.", "BE,NL,PL")]
    [InlineData("EncroChat was shut down by the police of France, Iceland and the United States.", "FR,IS,US")]
    [InlineData("In Spain a Canadian was arrested over EncroChat on Monday, and the police say that he was one of the many who had the phones.", "ES")] // his nationality
    public void All_countries_of_a_row_act(string summary, string acting) =>
        Assert.Equal(acting, string.Join(',', Detectors.BuiltIn.Examine(new ArticleText("EncroChat", summary)).Acting));

    [Theory]
    [InlineData("Achttien jaar cel dankzij berichten", "De rechtbank in Amsterdam heeft een man veroordeeld. De berichten van EncroChat gaven de doorslag. De rechtbank vindt dat het bewijs rechtmatig is verkregen.")]
    [InlineData("Vijf jaar cel voor xtc-lab, rechter: meelezen mocht", "De rechtbank in Almelo veroordeelde vijf mannen. De politie las mee op EncroChat.")]
    public void Evidence_that_a_court_admits_is_news_wherever_its_network_is_named(string title, string summary) =>
        Assert.Contains(new Deed(Deed.Ruling, ""), Detectors.BuiltIn.Examine(new ArticleText(title, summary)).Deeds);

    [Fact]
    public void Arrests_of_others_in_the_sentence_before_are_not_those_of_the_operator() =>
        Assert.DoesNotContain(Of("EncroChat", "Forty users were arrested on Monday. The founder of EncroChat is still at large."), deed => deed.Kind == Deed.Operator);

    [Theory]
    [InlineData("A man has been jailed for selling cocaine via EncroChat.")]
    [InlineData("The drug supplier was jailed after police had read his EncroChat messages.")]
    [InlineData("Crime bosses arrested as police hack EncroChat.")]
    [InlineData("Police arrested 40 users of EncroChat, a network sold to criminals for 1,500 euros.")]
    public void Who_used_the_phones_does_not_run_the_network(string summary) =>
        Assert.DoesNotContain(Of("EncroChat", summary), deed => deed.Kind == Deed.Operator);

    [Fact]
    public void Police_that_sell_phones_of_their_own_are_no_sellers() =>
        Assert.DoesNotContain(Of("EncroChat", "Le FBI a vendu des téléphones EncroChat à la mafia, et des centaines d'arrestations ont suivi."), deed => deed.Kind == Deed.Operator);

    [Fact]
    public void What_a_prosecutor_demands_befalls_nobody() =>
        Assert.DoesNotContain(Of("EncroChat", "Prosecutors demand eight years in jail for the owner of EncroChat in the trial in Lille."), deed => deed.Kind == Deed.Operator);

    [Fact]
    public void A_court_that_is_named_far_below_has_not_ruled_now()
    {
        const string Ruled = "The Court of Justice was asked for a ruling on the EncroChat messages in September.";

        Assert.Contains(new Deed(Deed.Ruling, "Court of Justice of the EU"), Of("EncroChat in Luxembourg", Ruled));
        Assert.DoesNotContain(Detectors.BuiltIn.Examine(new ArticleText("EncroChat owner in the dock", "He is the owner of the EncroChat phones, police say.", Ruled)).Deeds, deed => deed.Kind == Deed.Ruling);
    }

    [Theory]
    [InlineData("Police searched homes in Lithuania after they had read EncroChat messages.", "", true)]
    [InlineData("En España la policía ha detenido a dos hombres que usaban los teléfonos encriptados de EncroChat.", "", true)]
    [InlineData("Police have read EncroChat messages of men who had gone to Spain and Lithuania.", "", false)]
    [InlineData("Police have read EncroChat messages.", "Three years ago other men were arrested in Spain and in Lithuania.", false)]
    public void A_country_in_which_police_strike_takes_part(string summary, string content, bool takesPart) =>
        Assert.Equal(takesPart, Detectors.BuiltIn.Examine(new ArticleText("EncroChat", summary, content)).Acting.Any(country => country is "LT" or "ES"));

    [Theory]
    [InlineData("Sweden took part in the operation against EncroChat.", true)]
    [InlineData("Sverige deltog i den internationella insatsen mot EncroChat.", true)]
    [InlineData("La Suède a pris part aux perquisitions visant EncroChat.", true)]
    [InlineData("Švedska policija nije sudjelovala u akciji protiv EncroChata.", false)]
    public void A_country_that_took_part_is_one_that_acts(string summary, bool takesPart) =>
        Assert.Equal(takesPart, Detectors.BuiltIn.Examine(new ArticleText("EncroChat", summary)).Acting.Contains("SE"));

    [Fact]
    public void Who_ran_it_may_be_named_one_sentence_after_the_network() =>
        Assert.Contains(new Deed(Deed.Operator, "convicted"), Of("EncroChat", "Police in two countries shut down EncroChat last year. The founder was sentenced to nine years."));

    [Fact]
    public void Who_ran_a_drug_ring_is_nobody_of_the_network_named_before() =>
        Assert.DoesNotContain(Of("EncroChat", "Police read messages on EncroChat. The boss of the cocaine ring was sentenced to nine years."), deed => deed.Kind == Deed.Operator);

    [Theory]
    [InlineData("Chats thrown out", "The crown court in Leeds acquitted a man, since it held the EncroChat messages inadmissible.")]
    [InlineData("Freispruch", "Weil die Nachrichten aus EncroChat nicht verwertet werden dürfen, hat das Landgericht einen Mann freigesprochen.")]
    [InlineData("Skärpt straff", "Hovrätten skärper straffet för mannen: meddelandena från EncroChat får användas som bevis.")]
    [InlineData("Doce años", "El juez federal dio por buenos los mensajes de los teléfonos cifrados EncroChat y lo condenó.")]
    [InlineData("Osiem lat", "Sąd skazał go na osiem lat i uznał wiadomości z EncroChat za dowód.")]
    public void A_court_that_judges_the_messages_has_ruled_on_the_network_whoever_stands_before_it(string title, string summary) =>
        Assert.Contains(new Deed(Deed.Ruling, ""), Of(title, summary));

    [Theory]
    [InlineData("Trial opens", "His lawyer told the court that the EncroChat messages had been obtained unlawfully.")]
    [InlineData("Drogenhandel", "Der Verteidiger widerspricht vor dem Landgericht der Verwertung der Chats aus EncroChat.")]
    public void What_a_lawyer_argues_is_no_ruling(string title, string summary) =>
        Assert.DoesNotContain(Of(title, summary), deed => deed.Kind == Deed.Ruling);

    private static IReadOnlyList<Deed> Of(string title, string summary) => Detectors.BuiltIn.Examine(new ArticleText(title, summary)).Deeds;
}
