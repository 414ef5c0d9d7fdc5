using FeedWatch.Detection;

namespace FeedWatch.Tests.Detection;

/// <summary>When a report says that a network fell, in each of the 25 languages.</summary>
public sealed class PastTimesTests
{
    [Theory]
    [InlineData("Three months after an encrypted phone network was dismantled, police held nine men.", PastUnit.Months, 3)]
    [InlineData("Vijf jaar na de kraak van de cryptodienst zit de vader vast, zegt de politie.", PastUnit.Years, 5)]
    [InlineData("Vor zwei Jahren zerschlug die Polizei das Netz der Krypto-Handys, nun steht ein Händler vor Gericht.", PastUnit.Years, 2)]
    [InlineData("Deux ans après le démantèlement de la messagerie cryptée, la police arrête neuf hommes.", PastUnit.Years, 2)]
    [InlineData("La red de móviles encriptados fue desmantelada hace tres semanas por la policía.", PastUnit.Weeks, 3)]
    [InlineData("La rete di telefoni criptati è stata smantellata quattro anni fa dalla polizia.", PastUnit.Years, 4)]
    [InlineData("A rede de telefones encriptados foi desmantelada em junho pela polícia.", PastUnit.Month, 6)]
    [InlineData("Förra året knäckte polisen den krypterade chattjänsten för kriminella.", PastUnit.LastYear, 1)]
    [InlineData("For tre år siden knækkede politiet den krypterede tjeneste for kriminelle.", PastUnit.Years, 3)]
    [InlineData("To måneder etter at politiet knekket den krypterte meldingstjenesten er ni menn pågrepet.", PastUnit.Months, 2)]
    [InlineData("Poliisi mursi rikollisten salatun viestipalvelun kaksi vuotta sitten.", PastUnit.Years, 2)]
    [InlineData("Dwa lata po rozbiciu sieci szyfrowanych telefonów policja zatrzymała dziewięć osób.", PastUnit.Years, 2)]
    [InlineData("Před třemi lety policie rozbila síť šifrovaných telefonů.", PastUnit.Years, 3)]
    [InlineData("Dve leti po razbitju mreže šifriranih telefonov je policija prijela devet ljudi.", PastUnit.Years, 2)]
    [InlineData("Prije tri godine policija je razbila mrežu kriptiranih telefona.", PastUnit.Years, 3)]
    [InlineData("Пре две године полиција је разбила мрежу криптованих телефона.", PastUnit.Years, 2)]
    [InlineData("Преди три години полицията разби мрежата за криптирани телефони.", PastUnit.Years, 3)]
    [InlineData("Три года назад полиция взломала сеть зашифрованных телефонов.", PastUnit.Years, 3)]
    [InlineData("Два роки тому поліція зламала мережу зашифрованих телефонів.", PastUnit.Years, 2)]
    [InlineData("Pernai policija išardė šifruotų telefonų tinklą.", PastUnit.LastYear, 1)]
    [InlineData("Tre vite pas goditjes ndaj rrjetit të telefonave të koduar policia arrestoi nëntë persona.", PastUnit.Years, 3)]
    [InlineData("Polis, beş yıl önce çökertilen şifreli telefon ağının kullanıcılarını yakaladı.", PastUnit.Years, 5)]
    [InlineData("Πριν από τρία χρόνια η αστυνομία εξάρθρωσε το δίκτυο κρυπτογραφημένων τηλεφώνων.", PastUnit.Years, 3)]
    [InlineData("Két évvel ezelőtt számolta fel a rendőrség a titkosított telefonok hálózatát.", PastUnit.Years, 2)]
    [InlineData("Acum trei ani poliția a destructurat rețeaua de telefoane criptate.", PastUnit.Years, 3)]
    public void A_report_says_how_long_ago_it_was(string text, PastUnit unit, int value) =>
        Assert.Equal(new PastTime(unit, value), Assert.Single(Detectors.BuiltIn.Examine(new ArticleText(text)).Past));

    [Theory]
    [InlineData("Police dismantled an encrypted phone network and arrested 12 men. The court jailed a dealer for nine years in June.")] // of another sentence
    [InlineData("Police dismantled an encrypted phone network in June 2024.")] // a year is read as such
    [InlineData("Police read messages of an encrypted phone network for three months.")]
    [InlineData("After two years of investigation police dismantled an encrypted phone network.")]
    [InlineData("Nach zwei Jahren Ermittlungen zerschlug die Polizei das Netz der Krypto-Handys.")]
    [InlineData("Au terme de deux ans d'enquête, la police a démantelé la messagerie cryptée.")]
    [InlineData("Dealer jailed for twelve years after police cracked his encrypted phone.")]
    [InlineData("Gets 12 years after messages on encrypted phone were read by police.")]
    [InlineData("Handlare döms till tolv år efter meddelanden i krypterade telefoner, säger polisen.")]
    [InlineData("La Corte condanna il capo a otto anni dal tribunale, prova i messaggi dei telefoni criptati.")]
    [InlineData("Gjykata dënoi një burrë me nëntë vjet burg për mesazhet e telefonave të koduar.")]
    [InlineData("A 44-year-old was jailed for nine years over messages on an encrypted phone.")]
    public void What_is_no_time_ago_is_none(string text) => Assert.Empty(Detectors.BuiltIn.Examine(new ArticleText(text)).Past);
}
