using FeedWatch.Detection;

namespace FeedWatch.Tests.Detection;

/// <summary>Names of police operations that no list has.</summary>
public sealed class UndertakingsTests
{
    private const string Title = "EncroChat taken down";

    [Theory]
    [InlineData("In Operation Quietwater police arrested 24 users of the encrypted phone network EncroChat.", "Operation Quietwater")]
    [InlineData("Na Operação Boca de Siri a polícia deteve 24 utilizadores da rede de telefones encriptados EncroChat.", "Operation Boca de Siri")]
    [InlineData("Bei der Operation Kormoran nahm die Polizei 24 Nutzer des verschlüsselten Handynetzes EncroChat fest.", "Operation Kormoran")]
    [InlineData("Operaation nimi on operaatio Jääkarhu, ja poliisi otti siinä kiinni 24 henkilöä, jotka käyttivät salattua EncroChat-verkkoa.", "Operation Jääkarhu")]
    [InlineData("EncroChat ağına yönelik Kartal operasyonu ile 24 kişi gözaltına alındı ve bu ağ çökertildi.", "Operation Kartal")]
    public void Police_operations_are_found_by_what_they_are_called(string summary, string operation) =>
        Assert.Contains(operation, Examine(Title, summary).Operations);

    [Theory]
    [InlineData("Police said the operation Tuesday led to 24 arrests over EncroChat.")]
    [InlineData("In an operation German police arrested 24 users of EncroChat.")]
    [InlineData("After the operation Europol counted 24 arrests over EncroChat.")]
    public void What_is_no_name_names_none(string summary) => Assert.Empty(OfAlert(Title, summary));

    [Fact]
    public void A_headline_all_of_whose_words_are_capital_names_none() =>
        Assert.Empty(OfAlert("Police Operation Smashes EncroChat Crime Phone Network", "Police arrested 24 users of EncroChat."));

    [Fact]
    public void An_endless_name_is_none() => Assert.Equal(
        ["Operation Quietwater"],
        OfAlert(Title, $"In Operation Quietwater police arrested 24 users of EncroChat. Operation {new string('K', 5000)} goes on, they said, and is the largest."));

    [Fact]
    public void A_name_has_an_end() => Assert.Equal(
        ["Operation Kraal of Kraal"], // three words, as of any name
        OfAlert(Title, $"Police arrested 24 users of EncroChat in Operation {string.Join(" of ", Enumerable.Repeat("Kraal", 40))} and in the raids that followed."));

    [Fact]
    public void What_is_no_alert_names_none() =>
        Assert.Empty(Examine("Operation Nightfall recovers stolen bikes", "Police found forty bikes in Operation Nightfall.").Operations);

    private static IReadOnlyList<string> OfAlert(string title, string summary)
    {
        var verdict = Examine(title, summary);
        Assert.True(verdict.Alert); // what alerts nobody names none anyway
        return verdict.Operations;
    }

    private static Verdict Examine(string title, string summary) => Detectors.BuiltIn.Examine(new ArticleText(title, summary));
}
