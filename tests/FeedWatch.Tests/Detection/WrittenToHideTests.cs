using FeedWatch.Detection;

namespace FeedWatch.Tests.Detection;

/// <summary>Names and texts written so that a plain search would miss them, and texts that would break a careless one.</summary>
public sealed class WrittenToHideTests
{
    private const string Story = "Police arrested 40 people after shutting down {0}, an encrypted phone network used by organised crime, Europol said.";

    [Theory]
    [InlineData("ANOM", "ANOM")]
    [InlineData("AN0M", "ANOM")]
    [InlineData("ΛNØM", "ANOM")]
    [InlineData("АNОM", "ANOM")] // Cyrillic А and О
    [InlineData("AN\u200dOM", "ANOM")]
    [InlineData("A\u00adNOM", "ANOM")]
    [InlineData("Sky-Ecc", "Sky ECC")]
    [InlineData("SKYECC", "Sky ECC")]
    [InlineData("Sky\u00a0ECC", "Sky ECC")]
    [InlineData("EncroСhat", "EncroChat")] // Cyrillic С
    [InlineData("Encro<b>Chat</b>", "EncroChat")]
    [InlineData("Mactrix", "MATRIX")]
    public void A_network_is_recognised_in_any_disguise(string written, string name)
    {
        var verdict = Detectors.BuiltIn.Examine(new("", string.Format(System.Globalization.CultureInfo.InvariantCulture, Story, written)));

        Assert.True(verdict.Alert);
        Assert.Equal([name], verdict.Networks.Select(network => network.Name));
    }

    [Theory]
    [InlineData("Correction: encrypted phone arrests", "An earlier version said 61 people had been arrested over the encrypted handsets of a gang. The figure is 58, the National Crime Agency says.")]
    [InlineData("Blitz all'alba tra Bari, Durazzo e Salonicco: bucata la chat criptata dei narcos", "La polizia ha arrestato 24 persone; a Salonicco i server della rete di telefoni criptati usata dai narcotrafficanti.")]
    [InlineData("Großrazzia in Wien, Graz und Brünn: Ermittler lasen verschlüsselte Chats von Drogenbanden mit", "Die Polizei nahm in Brünn den Betreiber eines Anbieters verschlüsselter Handys fest.")]
    [InlineData("Politie las live mee met versleutelde chats van criminelen: 'Doorbraak'", "De politie kon maandenlang berichten van een versleutelde chatdienst voor criminelen lezen. De eigenaar is aangehouden.")]
    public void A_headlines_places_remarks_and_sections_are_no_networks(string title, string summary) =>
        Assert.Empty(Detectors.BuiltIn.Examine(new(title, summary)).Networks);

    [Fact]
    public void A_network_nobody_listed_is_named_from_its_introduction()
    {
        var verdict = Detectors.BuiltIn.Examine(new("", "Police shut down the encrypted messaging service Quietline and arrested 12 people. Quietline was used by drug gangs."));

        Assert.True(verdict.Alert);
        Assert.Equal(new NetworkMention("Quietline", Listed: false, About: true) { Field = TextField.Summary }, Assert.Single(verdict.Networks));
    }

    [Theory]
    [InlineData("<<<<<<<<<<<<a<<b<!--<!--<script><script>")]
    [InlineData("EncroChat")]
    [InlineData("encrypted phone network X, ")]
    [InlineData("Police arrested 49 people in Spain over encrypted phones. ")]
    [InlineData("\ud800encrypted\udc00\u202e phone\u200d ")]
    [InlineData("achtenveertigduizenden")]
    public void A_megabyte_of_anything_is_read_in_the_end(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 1_000_000 / piece.Length));

        var verdict = Detectors.BuiltIn.Examine(new("ENCROCHAT", text, text));

        Assert.InRange(verdict.Score, 0, 1);
    }

    [Fact]
    public void An_empty_article_is_nothing()
    {
        var verdict = Detectors.BuiltIn.Examine(new("", "", ""));

        Assert.Equal(Label.Unrelated, verdict.Label);
        Assert.NotEmpty(verdict.Reasons);
    }

    // Found by the fuzz run.
    [Fact]
    public void A_number_glued_to_a_country_breaks_nothing()
    {
        var verdict = Detectors.BuiltIn.Examine(new("EncroChat: police say 2.300US arrests were made"));

        Assert.Contains(verdict.Figures, figure => figure is { Kind: "arrests", Value: 2300 });
    }
}
