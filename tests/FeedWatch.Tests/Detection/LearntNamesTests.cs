using FeedWatch.Detection;

namespace FeedWatch.Tests.Detection;

/// <summary>Names that reports introduced are read as names of networks from then on, in the right company.</summary>
public sealed class LearntNamesTests
{
    private static readonly TakedownDetector Knowing = Detectors.BuiltIn.Knowing([new("Zarvophone"), new("Nestor"), new("MATRIX")]);
    private static readonly TakedownDetector InNews = Detectors.BuiltIn.Knowing([new("Ghost", IsConfirmed: false, IsInNews: true), new("Nestor", IsInNews: true), new("Sky ECC", IsInNews: true)]);

    [Theory]
    [InlineData("Vier jaar cel voor eigenaren van Zarvophone wegens witwassen", "De rechtbank in Amsterdam veroordeelde de twee eigenaren van Zarvophone tot vier jaar cel.")]
    public void The_follow_up_of_a_network_in_the_news_is_found(string title, string summary)
    {
        Assert.False(Detectors.BuiltIn.Examine(new ArticleText(title, summary)).Alert);

        Assert.True(Knowing.Examine(new ArticleText(title, summary)).Alert);
    }

    [Theory]
    [InlineData("Coach of Nestor FC held", "Police in Porto arrested the coach of Nestor FC after a match; users of the club's app were not told.")]
    [InlineData("Nestor arrested after bar brawl", "Police in Porto held the footballer Nestor for a night after a fight in a bar.")]
    [InlineData("Role-playing game announced for another console", "The fantasy game that Zarvophone released for two platforms last year comes to a third one, with a large update.")]
    [InlineData("The Matrix returns to cinemas", "The film that made bullet time famous is back; the director was charged a fortune for the rights.")]
    [InlineData("No, the police did not take down Matrix.org", "The open protocol for messages has nothing to do with the service that Europol shut down.")]
    public void What_only_shares_the_name_is_left_alone(string title, string summary) => Assert.False(Knowing.Examine(new ArticleText(title, summary)).Alert);

    [Theory]
    [InlineData("Fundador de Nestor apanhado no aeroporto do Porto", "Um engenheiro de 44 anos preparava-se para embarcar quando foi detido.")]
    [InlineData("Finland corrects tally: Nestor had 3,600 users, not 4,200", "Police said some accounts had been counted twice; 71 people have been arrested.")]
    [InlineData("El Supremo admite Nestor como prueba", "El juicio contra 52 acusados se celebrará en enero.")]
    public void A_short_name_is_a_network_before_courts_where_its_founder_its_users_or_its_worth_as_evidence_is_told_of(string title, string summary) =>
        Assert.Contains(Knowing.Examine(new ArticleText(title, summary)).Networks, network => network.Name == "Nestor");

    [Theory]
    [InlineData("Gardaí take eleven into custody as Ghost falls silent", "Cocaine worth €14m was found. The men relied on Ghost until Tuesday, a detective told the court.")]
    [InlineData("Another dozen before magistrates in Perth", "Police say the men ordered methamphetamine on Ghost and have charged them.")]
    [InlineData("Politie past cijfer aan: 61 doorzoekingen in de zaak rond Ghost", "De recherche telde een adres dubbel. Het aantal aanhoudingen blijft 33.")]
    [InlineData("Ghost démantelée, perquisitions à Anvers", "Deux personnes ont été interpellées. La Belgique a pris part aux perquisitions.")]
    public void A_network_in_the_news_needs_neither_phone_nor_chat_beside_its_name(string title, string summary)
    {
        Assert.False(Detectors.BuiltIn.Examine(new ArticleText(title, summary)).Alert);

        Assert.True(InNews.Examine(new ArticleText(title, summary)).Alert);
    }

    [Theory]
    [InlineData("Police seize cannabis at Ghost Kitchen in Leeds", "Officers arrested three people at the takeaway on Monday.")]
    [InlineData("Rapper Ghost arrested in drugs raid", "Police in Lyon held the rapper Ghost for a night; he denies dealing.")]
    [InlineData("Ghost gun found in drugs raid", "Police arrested a man in Utica and seized a ghost gun and cocaine.")]
    [InlineData("Village fears its Ghost of old", "A play about the murder of a police officer opens on Friday.")]
    [InlineData("Sky over Skåne: 155 balloons rise", "The balloons were part of the art work Sky. Police took a dozen calls, nobody was arrested.")]
    [InlineData("Sky News presenter calls it a colony", "Soldiers captured the president and extradited him to New York on drug trafficking charges.")]
    [InlineData("Nestor Varga jailed for smuggling", "The court in Pécs convicted Nestor Varga of trafficking; police had searched his farm.")]
    public void What_shares_the_name_of_a_network_in_the_news_is_left_alone(string title, string summary) => Assert.False(InNews.Examine(new ArticleText(title, summary)).Alert);

    [Theory]
    [InlineData("Quorvex: drei Festnahmen in Basel", "Die Polizei nahm drei Männer fest, die Quorvex verkauft haben sollen. Vor Jahren verkauften sie Handys von EncroChat.", true)]
    [InlineData("Drei Festnahmen in Basel", "Die Polizei nahm drei Männer fest, die Quorvex verkauft haben sollen. Vor Jahren verkauften sie Handys von EncroChat.", false)]
    public void What_one_outlet_called_a_network_these_weeks_is_one_where_another_heads_its_report_with_it(string title, string summary, bool isNetwork)
    {
        var detector = Detectors.BuiltIn.Knowing([new("Quorvex", IsConfirmed: false, IsInNews: true)]);

        Assert.Equal(isNetwork, detector.Examine(new ArticleText(title, summary)).Networks.Any(network => network.Name == "Quorvex"));
    }

    [Fact]
    public void A_correction_of_a_figure_is_a_follow_up_however_little_else_it_says()
    {
        var verdict = InNews.Examine(new ArticleText("Rettelse: 30 kilo hash, ikke 300", "I tirsdagens artikel om den krypterede beskedtjeneste Ghost stod der et nul for meget. Politiet fandt 30 kilo i Køge."));

        Assert.True(verdict.Alert);
        Assert.Equal(Label.Followup, verdict.Label);
        Assert.Equal(30, Assert.Single(verdict.Figures).Value);
    }

    [Fact]
    public void A_name_in_an_address_is_no_network() =>
        Assert.Empty(Knowing.Examine(new ArticleText("Police seized nothing of ours, says Matrix.org", "The encrypted messages of the open standard are safe.")).Networks);

    [Theory]
    [InlineData("Europol", true)]
    [InlineData("Politie Amsterdam", true)]
    [InlineData("Polizei Hessen", true)]
    [InlineData("De Avondpost", false)]
    [InlineData("Police Gazette", false)]
    public void An_outlet_that_is_an_agency_itself_is_told_by_its_name(string source, bool agency) => Assert.Equal(agency, Detectors.BuiltIn.IsAgency(source));
}
