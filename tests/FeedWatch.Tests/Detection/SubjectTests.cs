using FeedWatch.Detection;

namespace FeedWatch.Tests.Detection;

/// <summary>Of several networks that an article names it is about the one that it reports on.</summary>
public sealed class SubjectTests
{
    [Theory]
    [InlineData("MATRIX", "Clans moved to it after Sky ECC", "Police of four countries read the messages of the encrypted messenger MATRIX for three months and arrested five people.")]
    [InlineData("IronChat", "Dealer jailed on messages older than EncroChat", "A court in Hull heard messages from the encrypted app IronChat, which Dutch police cracked in 2018.")]
    [InlineData("Ghost", "Na EncroChat en Sky ECC nu Ghost gekraakt", "De politie las maanden mee met de versleutelde berichtendienst Ghost en hield 51 mensen aan.")]
    [InlineData("Exclu", "Efter Sky ECC slår polisen till mot Exclu", "Polisen läste den krypterade appen Exclu i fem månader och grep 45 personer.")]
    [InlineData("Exclu", "Bucata un'altra chat dei narcos: 45 arresti, soldi e droga sequestrati", "Dopo Sky ECC tocca a Exclu: gli investigatori olandesi leggevano tutto da settembre. La Polizia ha collaborato.")]
    [InlineData("Sky ECC", "Raids in Antwerp", "Belgian police read the encrypted phones of Sky ECC and arrested 48 people. The case has nothing to do with EncroChat, they said.")]
    public void A_network_that_is_only_named_for_comparison_is_not_the_subject(string about, string title, string summary) =>
        Assert.Equal([about], Detectors.BuiltIn.Examine(new ArticleText(title, summary)).Networks.Where(network => network.About).Select(network => network.Name));

    [Fact]
    public void What_a_report_keeps_apart_is_not_its_subject() => Assert.DoesNotContain(
        Detectors.BuiltIn.Examine(new ArticleText("Nothing to do with Ghost, say Swedes", "The encrypted phone network that fell in Sweden has nothing to do with Ghost, police say. 18 people were arrested.")).Networks, network => network.About);

    [Theory]
    [InlineData("EncroChat", "Drug boss arrested after EncroChat hack", "Police say encrypted phones gave him away.")]
    [InlineData("Exclu", "Eight convicted in Gothenburg", "Three years after Exclu was shut down the court convicted eight people on its encrypted messages. The verdict compares them with those of EncroChat.")]
    public void It_is_where_nothing_else_is(string about, string title, string summary) =>
        Assert.Contains(Detectors.BuiltIn.Examine(new ArticleText(title, summary)).Networks, network => network.About && network.Name == about);

    [Fact]
    public void A_new_name_in_the_headline_is_read_although_a_known_one_stands_far_below_it()
    {
        var verdict = Detectors.BuiltIn.Examine(new ArticleText(
            "Police take down Quorvex", "Officers in Lyon arrested 31 people who used an encrypted messenger.", "The servers of Quorvex stood in a barn. Investigators began when the gangs left EncroChat."));

        Assert.Equal(["Quorvex"], verdict.Networks.Where(network => network.About).Select(network => network.Name));
    }

    [Fact]
    public void A_chronology_of_many_networks_alerts_nobody() => Assert.False(Detectors.BuiltIn.Examine(new ArticleText(
        "Timeline: the secret phones of the underworld", "How one fell after the other: Ennetcom, Phantom Secure, EncroChat and Sky ECC.",
        "Dutch police seized the servers of Ennetcom. The head of Phantom Secure was arrested. French police cracked EncroChat and arrested 800. Belgium raided 200 houses after reading Sky ECC.")).Alert);
}
