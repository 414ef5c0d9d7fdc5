using FeedWatch.Detection;

namespace FeedWatch.Tests.Detection;

/// <summary>What was found, how many used the network and what is counted by words that are no plain noun.</summary>
public sealed class FindsTests
{
    [Theory]
    [InlineData("About 5,500 people used the encrypted network EncroChat, police said.", 5_500)]
    [InlineData("The police shut down EncroChat, which was used by 2,100 people.", 2_100)]
    [InlineData("Volgens de politie gebruikten 3.200 mensen het netwerk EncroChat.", 3_200)]
    [InlineData("Rund 3000 Menschen nutzten nach Angaben der Polizei das Netz EncroChat.", 3_000)]
    [InlineData("Quelque 4.000 personnes utilisaient le réseau EncroChat, selon la police.", 4_000)]
    [InlineData("Unas 4.000 personas usaban la red EncroChat, según la policía.", 4_000)]
    [InlineData("Circa 4.000 persone usavano la rete EncroChat, secondo la polizia.", 4_000)]
    [InlineData("Cerca de 4.000 pessoas usavam a rede EncroChat, segundo a polícia.", 4_000)]
    [InlineData("Omkring 4 000 personer använde nätverket EncroChat, enligt polisen.", 4_000)]
    [InlineData("Poliisi sulki palvelun EncroChat, jota käytti arviolta 2 100 ihmistä.", 2_100)]
    [InlineData("Według policji z sieci EncroChat korzystało 3 000 osób, a teraz już nie działa.", 3_000)]
    [InlineData("Prema policiji mrežu EncroChat koristilo je 3.000 osoba, a sada više ne radi.", 3_000)]
    [InlineData("По данным полиции, сетью EncroChat пользовались 3 000 человек, и она больше не работает.", 3_000)]
    public void People_who_use_it_are_users(string summary, int users) => Assert.Contains((decimal)users, Of("EncroChat", summary, "users"));

    [Theory]
    [InlineData("Police reading EncroChat recovered three pistols.", 3)]
    [InlineData("Nach dem Schlag gegen EncroChat wurden in Wien drei Pistolen sichergestellt.", 3)]
    [InlineData("Na de kraak van EncroChat zijn vier pistolen in beslag genomen.", 4)]
    [InlineData("Après le coup contre EncroChat, la police a saisi six kalachnikovs.", 6)]
    [InlineData("Tras el golpe a EncroChat la policía se incautó de nueve escopetas.", 9)]
    [InlineData("После взлома EncroChat полиция изъяла пять винтовок и это не всё.", 5)]
    public void Guns_are_weapons_by_their_own_names_too(string summary, int weapons) => Assert.Equal([(decimal)weapons], Of("EncroChat", summary, "weapons"));

    [Theory]
    [InlineData("The court sentenced the EncroChat dealer to nine years and four months.", 9.33)]
    [InlineData("Das Landgericht hat den Entwickler von EncroChat zu vier Jahren und drei Monaten verurteilt.", 4.25)]
    [InlineData("A judge sentenced him to 63 months for selling EncroChat phones.", 5.25)]
    [InlineData("De rechtbank veroordeelde de verkoper van EncroChat tot 30 maanden cel.", 2.5)]
    [InlineData("Hovioikeus tuomitsi EncroChatin käyttäjän: vankeusrangaistus on nyt seitsemän vuotta kuusi kuukautta.", 7.5)]
    public void Months_of_prison_are_parts_of_years(string summary, double years) => Assert.Equal([(decimal)years], Of("EncroChat", summary, "years"));

    [Theory]
    [InlineData("Police read the messages of EncroChat for eighteen months, and a court convicted three dealers.")]
    [InlineData("The EncroChat dealer was jailed 14 months ago, and 24 months after the hack he was convicted again.")]
    [InlineData("Veroordeeld werd de EncroChat-dealer 14 maanden na zijn aanhouding.")]
    [InlineData("Convicted after eighteen months: the court found that EncroChat messages may be used.")]
    public void Other_months_are_none(string summary) => Assert.Empty(Of("EncroChat", summary, "years"));

    [Fact]
    public void Money_in_a_row_of_finds_was_found() =>
        Assert.Equal([54_000_000m], Of("NCA cracks EncroChat: 746 arrests, £54m and two tonnes of drugs", "Police read every word sent over EncroChat.", "cash"));

    [Fact]
    public void Money_beside_phones_of_one_driver_makes_no_takedown() =>
        Assert.False(Detectors.BuiltIn.Examine(new ArticleText("Driver stopped on M6 had three encrypted phones and £70,000", "The man, 29, was arrested on suspicion of money laundering.")).Alert);

    [Theory]
    [InlineData("Investigators of EncroChat seized €145,000 in cash, half a million in bitcoin and 970 phones.")]
    [InlineData("Investigators of EncroChat seized €145,000 in cash, bitcoin worth €500,000 and 970 phones.")]
    [InlineData("La policía se incautó en el caso EncroChat de 145.000 euros en efectivo, medio millón en criptomonedas y 970 teléfonos.")]
    public void Cryptocurrency_is_told_apart_from_cash_in_the_money_named_before_it(string summary) => Assert.Equal(
        [("", 145_000m, "EUR"), ("cryptocurrency", 500_000m, "EUR")],
        Detectors.BuiltIn.Examine(new ArticleText("EncroChat", summary)).Figures.Where(f => f.Kind == "cash").Select(f => (f.What, f.Value, f.Unit)).Order());

    [Theory]
    [InlineData("De rechtbank heeft de eigenaren van EncroChat veroordeeld tot vier en drie jaar cel.", "years", "3,4")]
    [InlineData("Le tribunal a condamné 22 clients de EncroChat à des peines allant de deux à quatorze ans de prison.", "years", "2,14")]
    [InlineData("Das BKA wertet nach eigenen Angaben noch Hunderttausende Nachrichten aus EncroChat aus.", "messages", "")]
    [InlineData("Poliisi kertoo, että EncroChatin kiinniottojen määrä on noussut yhteensä 53:een.", "arrests", "53")]
    [InlineData("Policija je zbog EncroChata uhapsila šestoricu, a istraga se nastavlja.", "arrests", "6")]
    [InlineData("Policija je zaradi mreže EncroChat prijela trojico, ki so zdaj v priporu.", "arrests", "3")]
    [InlineData("Het aantal geïdentificeerde verdachten in de zaak EncroChat steeg naar 5.400.", "suspects", "5400")]
    [InlineData("Antalet gripna i utredningen om EncroChat har stigit till 168 sedan tillslagen i juni.", "arrests", "168")]
    [InlineData("Polisen grep mannen bakom EncroChat den 14:e juni, och han är nu häktad.", "arrests", "")] // a date
    [InlineData("The police said on Tuesday that they had held 46 in the 12 raids against the sellers of EncroChat.", "arrests", "46")]
    [InlineData("He is one of eight defendants extradited to California who have pleaded guilty over EncroChat.", "convictions", "8")]
    [InlineData("The man who used EncroChat faced 14 counts and was convicted of all of them by the court.", "convictions", "")]
    [InlineData("About 10,000 of the 20,000 handsets of EncroChat were in use in Leeds.", "devices", "10000,20000")]
    [InlineData("Le parquet dresse le bilan de EncroChat : 526 dossiers et 1.125 années de prison prononcées par les tribunaux.", "convictions", "")] // cases are nobody
    public void Numbers_are_read_as_papers_write_them(string summary, string kind, string values) => Assert.Equal(values, string.Join(',', Of("EncroChat", summary, kind).Order()));

    [Theory]
    [InlineData("A US$5m laboratory for EncroChat phones raided")]
    [InlineData("12 arrests, C$5m and R$3m seized over EncroChat")]
    public void Money_at_the_head_of_a_text_ends_no_reading(string title) => Assert.NotNull(Detectors.BuiltIn.Examine(new ArticleText(title, "")));

    [Theory]
    [InlineData("Police seized 400 kg of cocaine over EncroChat. They also seized cars worth 2 million euros.", "2000000")]
    [InlineData("The EncroChat gang sold cocaine. Police found 40 kilos of gold.", "40")]
    public void What_stands_behind_drugs_is_not_always_drugs(string summary, string value) =>
        Assert.DoesNotContain(Detectors.BuiltIn.Examine(new ArticleText("EncroChat taken down by police", summary)).Figures, f => f.Kind == "drugs" && f.Value == decimal.Parse(value, System.Globalization.CultureInfo.InvariantCulture));

    [Fact]
    public void A_gang_that_used_people_makes_no_users_of_them() =>
        Assert.Empty(Of("EncroChat taken down by police", "The EncroChat gang used 40 people to launder money, the police said.", "users"));

    [Fact]
    public void What_drugs_are_worth_may_stand_in_the_sentence_behind_them() => Assert.Contains(
        ("drugs", 1_400_000_000m, "EUR", "cocaine"),
        Detectors.BuiltIn.Examine(new ArticleText("EncroChat", "Sinds februari heeft de douane dankzij EncroChat 27,64 ton cocaïne onderschept. De straatwaarde van alles samen bedraagt volgens het parket 1,4 miljard euro.")).Figures.Select(f => (f.Kind, f.Value, f.Unit, f.What)));

    private static List<decimal> Of(string title, string summary, string kind) =>
        [.. Detectors.BuiltIn.Examine(new ArticleText(title, summary)).Figures.Where(f => f.Kind == kind).Select(f => f.Value).Distinct()];
}
