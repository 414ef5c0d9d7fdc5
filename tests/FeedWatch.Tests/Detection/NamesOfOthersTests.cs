using FeedWatch.Detection;

namespace FeedWatch.Tests.Detection;

/// <summary>People, places and plain words stand where names of networks stand; they are none.</summary>
public sealed class NamesOfOthersTests
{
    [Theory]
    [InlineData("Politie haalt berichtendienst van criminelen uit de lucht", "De politie heeft een aanbieder van versleutelde telefoons ontmanteld. Eigenaar Ronnie K. (41) is aangehouden. Ronnie zou de servers hebben beheerd.")]
    [InlineData("Cryptodienst opgerold na vondst van telefoon van moordenaar Johan B. van Dalen", "De politie las maandenlang mee met de versleutelde berichten op de telefoon van Johan.")]
    [InlineData("Versleutelde telefoons brengen familie ten val", "Hoe de politie één versleutelde telefoon kraakte. De berichten van Zandvliet, een familie in de Zandvliet ten oosten van de haven, lagen open.")]
    [InlineData("Cae la red de móviles encriptados que leía la policía", "La policía desmanteló la red encriptada. El programador de Almudara fue detenido; ese programador en Almudara vendía los teléfonos a los narcos.")]
    [InlineData("La policía tumba una red de teléfonos cifrados", "La empresa operaba con servidores en Yaracuba. Yaracuba no lo sabía: agentes copiaron los servidores en Yaracuba.")]
    [InlineData("Nine years for Ashgrove man who sold secret phones to drug lords", "A judge sentenced the founder of a secure phone firm to nine years. In Ashgrove neighbours remembered a quiet man. Police had read the encrypted phones.")]
    [InlineData("Kokain im Frachter: Hinweise kamen aus britischem Krypto-Netz", "Der Zoll fand 900 Kilo Kokain. Ermittler lasen auf Kryptohandys mit, die von der britischen Polizei gehackt worden waren.")]
    [InlineData("Dealer festgenommen", "Sie sollen über einen Kryptodienst Geschäfte verabredet und mit Kryptohandys Mordaufträge erteilt haben, sagt die Polizei. Über den Krypto-Messenger Geld verteilt hat keiner.")]
    [InlineData("Police shut down phone network", "Police shut down the encrypted phone network John Smith ran from Spain. 41 people were arrested.")]
    [InlineData("Kryptodienst zerschlagen", "Ermittlern ist es gelungen, in einen Kryptodienst Einblick zu nehmen. Über den Kryptodienst Anfang 2024 hatte die Bande Alkohol bestellt, sagt die Polizei.")]
    [InlineData("Encrypted network shut down", "The gang used the encrypted messenger and the platform Encrypted. Police arrested 12.")]
    [InlineData("Gericht lässt Chats aus Kryptohandys zu", "Die kopierten Nachrichten des verschlüsselten Netzes dürfen verwendet werden. Der Betreiber des Netzes wurde verurteilt.")]
    public void What_a_text_says_is_a_person_a_place_or_a_thing_is_no_network(string title, string summary) =>
        Assert.Empty(Detectors.BuiltIn.Examine(new ArticleText(title, summary)).Networks);

    [Theory]
    [InlineData("Twee diensten in twee dagen: na Noorse kraak ook Iers cryptonetwerk plat", "De politie ontmantelde het Ierse netwerk van versleutelde telefoons en hield negen mensen aan.")]
    public void A_town_and_whose_somebody_is_are_no_network_in_any_language(string title, string summary)
    {
        var verdict = Detectors.BuiltIn.Examine(new ArticleText(title, summary));

        Assert.Empty(verdict.Networks);
        Assert.NotEmpty(verdict.Countries);
    }

    [Theory]
    [InlineData("41 arrests in Guayaquil after police cracked encrypted phone network", "EC")]
    [InlineData("41 Festnahmen in Rheinland-Pfalz: Polizei las auf Kryptohandys mit", "DE")]
    [InlineData("41 detenidos en Algeciras tras caer la red de móviles encriptados", "ES")]
    [InlineData("41 arresti a Gioia Tauro: la polizia leggeva i telefoni criptati", "IT")]
    [InlineData("41 arrested in British Columbia after police read encrypted phones", "CA")]
    [InlineData("41 greps i Skåne sedan polisen läst krypterade telefoner", "SE")]
    [InlineData("41 lidí zadrženo v Chorvatsku, policie četla šifrované telefony", "HR")]
    public void A_figure_is_said_of_the_country_of_its_town(string title, string country) =>
        Assert.Contains(Detectors.BuiltIn.Examine(new ArticleText(title, "")).Figures, figure => figure is { Kind: "arrests", Value: 41 } && figure.Scope == country);

    [Theory]
    [InlineData("Nantes : premier procès de la messagerie Matrix", "Trois hommes soupçonnés de trafic de cocaïne ont été mis en examen. L'enquête s'appuie sur des échanges captés sur Matrix.")]
    [InlineData("Nantes : première condamnation après la chute de Matrix", "Un trafiquant de cocaïne a été condamné grâce aux messages captés sur la messagerie Matrix.")]
    public void What_is_the_first_in_French_is_no_premiere(string title, string summary) =>
        Assert.Contains(Detectors.BuiltIn.Examine(new ArticleText(title, summary)).Networks, network => network.Name == "MATRIX");

    [Theory]
    [InlineData("Veltrix", "Two jailed in Veltrix case", "Police who read the encrypted phones of Veltrix held two men. Chats in Veltrix showed how the gang bought cocaine.")]
    [InlineData("Veltrix", "Encrypted messenger Veltrix shut down", "Criminals trusted it: in Veltrix messages, police found plans for murders. Arrests followed in Veltrix cases.")]
    [InlineData("Obscura X", "Police arrest the founder of the encrypted phone network Obscura X", "Detectives had long looked for the boss of Obscura X. Police held him in Oslo.")]
    [InlineData("Veltrix", "La policía desmantela la red de móviles encriptados Veltrix", "Los narcos hablaban en Veltrix. La policía se infiltró en Veltrix y leyó los mensajes en Veltrix durante meses.")]
    [InlineData("Veltrix", "Politie kraakt versleutelde berichtendienst Veltrix", "Rechercheurs drongen binnen in Veltrix. In de Veltrix-zaak zijn zeven mensen aangehouden.")]
    [InlineData("Veltrix", "Ermittler knacken den Krypto-Messenger Veltrix", "Die Polizei las Nachrichten auf Veltrix mit. Auf Veltrix verabredeten Dealer den Kokainhandel.")]
    [InlineData("Vostrix", "Großrazzia in Hessen", "Das BKA ging am Montag gegen Nutzer von einem verschlüsselten Messengerdienst Vostrix vor. 70 Menschen wurden festgenommen.")]
    [InlineData("Pellucid One", "Veertig aanhoudingen", "De politie las vijf maanden mee met de versleutelde berichtenapp Pellucid One en hield veertig criminelen aan.")]
    [InlineData("Cryptella", "Une messagerie débranchée", "La police a démantelé la messagerie chiffrée Cryptella, prisée des trafiquants.")]
    [InlineData("Veltrix", "Chat su Veltrix, dodici arresti", "I carabinieri hanno letto i messaggi sulla piattaforma criptata Veltrix. I narcos chattavano su Veltrix e in Veltrix si sentivano sicuri.")]
    [InlineData("Veltrix", "Полиция взломала зашифрованный мессенджер Veltrix", "Преступники общались в Veltrix. Полиция читала сообщения в Veltrix несколько месяцев.")]
    public void A_network_is_found_whatever_stands_before_it(string name, string title, string summary) =>
        Assert.Contains(Detectors.BuiltIn.Examine(new ArticleText(title, summary)).Networks, network => network.Name.StartsWith(name.Split(' ')[0], StringComparison.Ordinal));

    [Fact]
    public void What_the_headline_says_was_struck_is_the_network_and_not_the_firm_far_below() => Assert.Equal("Veltrix", Detectors.BuiltIn.Examine(new ArticleText(
        "Cae Veltrix, el canal de los narcos", "La policía ha desarticulado Veltrix, que tenía su sede en Vigo. Hay 37 detenidos.", "Los teléfonos encriptados se vendían a través de la empresa Talega.")).Networks[0].Name);
}
