using FeedWatch.Detection;

namespace FeedWatch.Tests.Detection;

/// <summary>How numbers are read that are no plain counts: taken back, rounded, out of all bounds, of a part.</summary>
public sealed class FiguresTests
{
    private const string Title = "Police crack encrypted phone network EncroChat used by criminals";

    [Theory]
    [InlineData("The number of people arrested over EncroChat is 44, not 46.", 44, 46)]
    [InlineData("Police now speak of 44, not 46 arrested users of EncroChat.", 44, 46)]
    public void A_number_that_the_text_calls_wrong_is_denied_and_no_figure(string summary, int right, int wrong)
    {
        var verdict = Detectors.BuiltIn.Examine(new ArticleText(Title, summary));

        Assert.Equal([right], verdict.Figures.Where(f => f.Kind == "arrests").Select(f => (int)f.Value));
        Assert.Equal([wrong], verdict.Denied.Where(f => f.Kind == "arrests").Select(f => (int)f.Value));
    }

    [Theory]
    [InlineData("212 gripna i Sverige – FBI låg bakom Anom", "Polisen läste meddelanden i Anom i månader.", "SE")]
    [InlineData("FBI ran ANOM - 212 arrests in Sweden", "Police read its messages for months.", "SE")]
    public void A_dash_parts_the_country_of_a_figure_from_the_police_of_another(string title, string summary, string scope) =>
        Assert.Equal((212m, scope), Detectors.BuiltIn.Examine(new ArticleText(title, summary)).Figures.Where(f => f.Kind == "arrests").Select(f => (f.Value, f.Scope)).Single());

    [Fact]
    public void A_number_may_be_called_wrong_without_what_it_counts()
    {
        var verdict = Detectors.BuiltIn.Examine(new ArticleText("Police found 947 devices in EncroChat raids", "Police have corrected their number after they had read EncroChat messages. It is 947, not 974 as they said on Wednesday."));

        Assert.Equal(("devices", 974m), verdict.Denied.Select(f => (f.Kind, f.Value)).Single());
    }

    [Theory]
    [InlineData("About 750 people were arrested after the EncroChat hack.", true)]
    [InlineData("More than 750 people were arrested after the EncroChat hack.", false)] // may be growth
    [InlineData("In all, 750 people were arrested after the EncroChat hack.", false)]
    [InlineData("Une vingtaine de personnes ont été arrêtées après le piratage du réseau EncroChat, a annoncé la police.", true)]
    [InlineData("Vingt personnes ont été arrêtées après le piratage du réseau EncroChat, a annoncé la police.", false)]
    [InlineData("Una ventina di persone sono state arrestate dopo che la polizia ha violato la rete EncroChat.", true)]
    public void A_rounded_number_says_that_it_is(string summary, bool isRough) =>
        Assert.Equal(isRough, Assert.Single(Detectors.BuiltIn.Examine(new ArticleText(Title, summary)).Figures, f => f.Kind == "arrests").IsRough);

    [Fact]
    public void The_ages_of_those_held_are_no_arrests()
    {
        var figures = Detectors.BuiltIn.Examine(new ArticleText(Title, "Three men aged 24 to 51 are in custody after police read EncroChat messages.")).Figures;

        Assert.DoesNotContain(figures, f => f.Value is 24 or 51);
    }

    [Fact]
    public void Where_most_of_them_were_says_nothing_of_all()
    {
        var figures = Detectors.BuiltIn.Examine(new ArticleText("Encrypted messaging platform Ghost dismantled", "Police have arrested 51 criminals, most of them in Australia, after the takedown of Ghost in nine countries.")).Figures;

        Assert.NotEqual("AU", Assert.Single(figures, f => f is { Kind: "arrests", Value: 51 }).Scope);
    }

    [Theory]
    [InlineData("La policía leyó mil millones de mensajes de la red de teléfonos encriptados EncroChat que usaban los criminales.", 1_000_000_000)]
    [InlineData("A polícia leu 5,5 mil mensagens da rede de telefones encriptados EncroChat que era usada na Europa por criminosos.", 5_500)]
    public void Thousands_and_millions_are_those_of_the_language(string summary, int messages) =>
        Assert.Equal(messages, Assert.Single(Detectors.BuiltIn.Examine(new ArticleText("EncroChat", summary)).Figures, f => f.Kind == "messages").Value);

    [Theory]
    [InlineData("Two papers speak of 44 arrests over EncroChat, the police of 41.", 44, true)]
    [InlineData("Two papers speak of 44 arrests over EncroChat, the police of 41.", 41, false)]
    [InlineData("Einige Zeitungen melden 44 Festnahmen, Europol bestätigt 41 Festnahmen bei EncroChat.", 44, true)]
    [InlineData("Police told the newspaper that 44 people were arrested over EncroChat.", 44, false)]
    public void What_the_press_says_beside_the_police_is_hearsay(string summary, int value, bool isHearsay) =>
        Assert.Equal(isHearsay, Assert.Single(Detectors.BuiltIn.Examine(new ArticleText(Title, summary)).Figures, f => f.Kind == "arrests" && f.Value == value).IsHearsay);

    [Theory]
    [InlineData("Prosecutors in the EncroChat trial demand six years in prison for the owner.", true)]
    [InlineData("Het OM heeft in het proces om EncroChat zes jaar cel geëist tegen de eigenaar.", true)]
    [InlineData("The court in the EncroChat trial has sentenced the owner to six years in prison.", false)]
    public void Years_that_a_prosecutor_demands_are_marked(string summary, bool isSought) =>
        Assert.Equal(isSought, Assert.Single(Detectors.BuiltIn.Examine(new ArticleText(Title, summary)).Figures, f => f.Kind == "years").IsSought);

    [Theory]
    [InlineData("In Österreich wurden nach dem Schlag gegen EncroChat elf Personen festgenommen, in vier Ländern sind es nun 37.", 37)]
    [InlineData("Europol reports 96 arrests over the EncroChat network: 34 arrests in Turkey, and 29 arrests in Bulgaria.", 96)]
    [InlineData("Fifty people were arrested over EncroChat in other countries, Italian police said.", 50)]
    public void A_total_is_of_no_single_country(string summary, int total) =>
        Assert.Equal("world", Assert.Single(Detectors.BuiltIn.Examine(new ArticleText("EncroChat", summary)).Figures, f => f.Kind == "arrests" && f.Value == total).Scope);

    [Fact]
    public void Half_a_hundred_says_itself_that_it_is_rounded() =>
        Assert.True(Assert.Single(Detectors.BuiltIn.Examine(new ArticleText("EncroChat", "La policía ha detenido a medio centenar de narcos en los puertos, y ha leído los mensajes de la red de teléfonos encriptados EncroChat.")).Figures, f => f.Kind == "arrests").IsRough);

    [Fact]
    public void Of_those_for_whom_prison_is_demanded_nobody_is_convicted() =>
        Assert.Equal("charges", Assert.Single(Detectors.BuiltIn.Examine(new ArticleText(Title, "For 30 people behind the EncroChat network prosecutors have demanded prison terms in the trial in Paris.")).Figures, f => f.Value == 30).Kind);

    [Fact]
    public void The_charges_that_one_man_faces_are_no_people() =>
        Assert.DoesNotContain(Detectors.BuiltIn.Examine(new ArticleText(Title, "The administrator of EncroChat faces five charges in court.")).Figures, f => f.Kind == "charges");

    [Fact]
    public void The_number_of_a_docket_counts_nothing() => Assert.Empty(
        Detectors.BuiltIn.Examine(new ArticleText("Beschwerde gegen EncroChat-Chats erfolglos", "Das Bundesverfassungsgericht hat die Beschwerde eines verurteilten Dealers nicht zur Entscheidung angenommen (2 BvR 625/25).")).Figures);

    [Fact]
    public void No_police_arrests_millions() =>
        Assert.DoesNotContain(Detectors.BuiltIn.Examine(new ArticleText(Title, "Police arrested 5,500,000 people over EncroChat.")).Figures, f => f.Kind == "arrests");

    [Theory]
    [InlineData("Seven years for dock worker", "The court found the 40-year-old guilty. He had sent the cocaine's place in EncroChat messages.", "years", 7)]
    [InlineData("Gangs used Ghost in Sweden", "More than 20 people in Sweden were identified as users of the encrypted phone service Ghost, police say.", "users", 20)]
    public void What_a_number_counts_may_stand_below_it_or_behind(string title, string summary, string kind, int value) =>
        Assert.Contains(Detectors.BuiltIn.Examine(new ArticleText(title, summary)).Figures, f => f.Kind == kind && f.Value == value);

    [Theory]
    [InlineData("Some 2,631 people were arrested over EncroChat, 1,384 charged and 260 convicted.", "charges", 1_384)]
    [InlineData("Some 2,631 people were arrested over EncroChat, 1,384 charged and 260 convicted.", "convictions", 260)]
    [InlineData("Prosecutors count 214 suspects identified and 96 arrests since EncroChat was hacked.", "suspects", 214)]
    [InlineData("There were 746 arrests as police cracked EncroChat, a network used by 10,000 criminals.", "users", 10_000)]
    [InlineData("Worldwide 214 people were arrested over EncroChat. Convicted of those are only 26.", "convictions", 26)]
    [InlineData("More than 120 gardaí searched 22 homes over the encrypted phone service EncroChat.", "searches", 22)]
    [InlineData("Polisen säger att fler är gripna i Sverige efter EncroChat-tillslaget – nu 168, och att det inte är slut.", "arrests", 168)]
    [InlineData("Police held 35 after reading gangs' messages on EncroChat.", "arrests", 35)]
    [InlineData("Dutch police read more than a quarter of a million messages on EncroChat.", "messages", 250_000)]
    [InlineData("W sprawie sieci EncroChat policja zatrzymała 6,5 tysiąca osób, które z niej korzystały.", "arrests", 6_500)]
    public void Each_number_counts_what_stands_nearest(string summary, string kind, int value) =>
        Assert.Equal(value, Assert.Single(Detectors.BuiltIn.Examine(new ArticleText(Title, summary)).Figures, f => f.Kind == kind).Value);

    [Theory]
    [InlineData("Gardaí seized €16m of cocaine from users of EncroChat.", "drugs", 16_000_000, "cocaine")]
    [InlineData("Drugs worth €16.2 million were seized from users of EncroChat.", "drugs", 16_200_000, "unspecified")]
    [InlineData("De politie nam bij gebruikers van EncroChat 90.000 euro en drugs in beslag.", "cash", 90_000, "")] // beside them
    public void Money_that_drugs_are_worth_is_no_cash(string summary, string kind, int value, string what)
    {
        var figure = Assert.Single(Detectors.BuiltIn.Examine(new ArticleText(Title, summary)).Figures, f => f.Unit == "EUR");

        Assert.Equal((kind, value, what), (figure.Kind, (int)figure.Value, figure.What));
    }

    [Theory]
    [InlineData("Düzeltme: gözaltı sayısı 68", "EncroChat'a yönelik baskın haberimizde rakamlar yer değiştirmişti. Emniyet 86 değil 68 kişinin gözaltına alındığını bildirdi. Mahkeme İzmir'de, ağın merkezi Ankara'da.", "TR")] // 'a, 'de: French words too
    [InlineData("Elfogták a csempészeket", "A rendőrség hat embert fogott el, akik a titkosított EncroChat hálózaton egyeztettek. A nyomozók 45 kilogramm kokaint foglaltak le.", "HU")]
    public void A_short_word_of_several_languages_does_not_make_a_text_foreign(string title, string summary, string home) =>
        Assert.Equal([home], Detectors.BuiltIn.Examine(new ArticleText(title, summary)).Figures.Select(f => f.Scope).Distinct());

    [Fact]
    public void Behind_a_semicolon_the_place_is_the_next_numbers() => Assert.Equal(
        [(5m, "PL")],
        Detectors.BuiltIn.Examine(new ArticleText("Serwery telefonów dla gangów stały w Gdyni", "CBZC zabezpieczyło w Gdyni sprzęt, na którym działała sieć szyfrowanych telefonów EncroChat. Zatrzymano pięć osób; łącznie w Europie 137."))
            .Figures.Where(f => f is { Kind: "arrests", Value: 5 }).Select(f => (f.Value, f.Scope)));

    [Fact]
    public void Figures_beside_a_longer_form_of_the_name_are_those_of_the_network() => Assert.Contains(
        Detectors.BuiltIn.Examine(new ArticleText("PJ detém o programador dos telefones encriptados Quorvex do crime organizado", "Cinco pessoas foram detidas em Portugal na operação contra a rede de comunicações encriptadas Quorvexphone.")).Figures,
        f => f is { Kind: "arrests", Value: 5 });

    [Fact]
    public void Years_since_a_hack_are_no_sentence() => Assert.DoesNotContain(
        Detectors.BuiltIn.Examine(new ArticleText("Six years after the hack: what EncroChat has changed", "Detectives, lawyers and a convicted man look back in court on EncroChat.")).Figures,
        f => f.Kind == "years");

    [Theory]
    [InlineData("Correction: arrests in Leeds", "On Friday we wrote of 155 people arrested over EncroChat. Police have adjusted the figure to 148, since seven were counted twice.", "arrests", 148, 155)]
    [InlineData("Rättelse: dubbelräknade gripanden i Malmö", "I gårdagens artikel om EncroChat angavs 155 gripna. Polisen har nu justerat siffran till 148 eftersom sju personer räknats två gånger.", "arrests", 148, 155)]
    [InlineData("Correctie over het geld", "In onze krant stond dat bij het onderzoek naar EncroChat 25 miljoen euro in beslag is genomen. Dat moet 20 miljoen zijn.", "cash", 20_000_000, 25_000_000)]
    [InlineData("Oprava: zadržených v Česku bylo sedm", "V textu o šifrovaném komunikátoru EncroChat jsme uvedli jedenáct zadržených. Čtyři z nich však patří k případu jiné sítě.", "arrests", 7, 11)]
    [InlineData("Berichtigung", "Im Bericht über die Razzien gegen EncroChat nannten wir 31 Durchsuchungen. Richtig sind 29.", "searches", 29, 31)]
    public void A_correction_takes_back_what_it_does_not_say_last(string title, string summary, string kind, int right, int wrong)
    {
        var verdict = Detectors.BuiltIn.Examine(new ArticleText(title, summary));

        Assert.Equal(right, Assert.Single(verdict.Figures, f => f.Kind == kind).Value);
        Assert.Contains(verdict.Denied, f => f.Kind == kind && f.Value == wrong);
    }

    [Fact]
    public void Two_figures_of_a_kind_in_any_other_report_both_stand() => Assert.Equal(
        [19, 41],
        Detectors.BuiltIn.Examine(new ArticleText(Title, "In Leeds 41 people were arrested over EncroChat. In Hull 19 people were arrested.")).Figures.Where(f => f.Kind == "arrests").Select(f => (int)f.Value).Order());
}
