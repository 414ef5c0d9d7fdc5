using FeedWatch.Detection;

namespace FeedWatch.Tests.Detection;

/// <summary>Exclu, Ghost and Matrix are words that stand in any newspaper: they are networks only in the company of what networks have.</summary>
public sealed class AmbiguousNamesTests
{
    [Theory]
    [InlineData("Exclu", "POLITIE: Exclu ONTMANTELD, 42 AANHOUDINGEN", "De politie heeft Exclu met zo'n 3.000 gebruikers ontmanteld, van wie 750 Nederlandstalig. Tot nu toe 42 aanhoudingen.")]
    [InlineData("Ghost", "Ghost shut down by police in nine countries", "Ireland had the second largest number of users after Australia. Fifty people were arrested.")]
    [InlineData("Matrix", "French and Dutch team shuts down MATRIX for gangs", "Investigators have taken down MATRIX. Servers in two countries were switched off, and three suspects held.")]
    public void A_name_is_a_network_where_police_strike_it_and_it_has_users(string name, string title, string summary)
    {
        var verdict = Detectors.BuiltIn.Examine(new ArticleText(title, summary));

        Assert.Contains(verdict.Networks, n => n.Name.Equals(name, StringComparison.OrdinalIgnoreCase) && n.Listed);
        Assert.True(verdict.Alert, $"{verdict.Label} {verdict.Score}");
    }

    [Theory]
    [InlineData("Zes jaar cel voor groothandelaar in speed", "Een 38-jarige man gaat zes jaar de cel in. Hij regelde zijn partijen via Exclu.")]
    [InlineData("Seven smugglers held in Kaunas", "Lithuanian police arrested seven men who had arranged 120 kilos of cocaine via Matrix.")]
    public void What_a_crime_was_arranged_with_is_a_network(string title, string summary) => Assert.True(Detectors.BuiltIn.Examine(new ArticleText(title, summary)).Alert);

    // A word in French only.
    [Theory]
    [InlineData("Hovrätten skärper straffet för kokainsmugglaren", "Mannen får elva års fängelse i stället för nio. Hovrätten anser att alias i Exclu går att knyta till honom.")]
    [InlineData("Mönchengladbach: Anklage gegen Vertriebsmann", "Der 42-Jährige soll in Nordrhein-Westfalen mehr als hundert Lizenzen für Exclu verkauft haben, bar und ohne Quittung.")]
    public void What_is_no_word_of_the_language_is_a_network_beside_police_or_court(string title, string summary) =>
        Assert.Contains(Detectors.BuiltIn.Examine(new ArticleText(title, summary)).Networks, n => n.Name == "Exclu");

    [Theory]
    [InlineData("Ghost of Dublin castle draws 3,000 visitors", "Police closed the street; nobody was arrested. The tour's app has 40,000 users.")]
    [InlineData("Exclu : la police démantèle un réseau de trafiquants", "Quarante personnes ont été arrêtées à Marseille et 200 kilos de cocaïne saisis.")]
    [InlineData("Exclu de la Ligue des champions, le club saisit le tribunal", "Le club dénonce des messages piratés par la police et une procédure secrète. Les juges rendront leur décision jeudi.")]
    [InlineData("Drogendealer im Club Exclu festgenommen", "Die Polizei hat im Nachtclub Exclu Mode in Köln zwölf Dealer festgenommen.")]
    [InlineData("Exclu Het Laatste Nieuws: politie houdt 12 drugsdealers aan", "Exclu! De politie heeft in Gent twaalf mannen aangehouden.")]
    [InlineData("Police dismantle Ghost gang", "Twelve members were arrested in Leeds and charged with supplying cocaine.")]
    [InlineData("Former boss of Sky charged with fraud", "Prosecutors say he hid payments from the broadcaster's board.")]
    [InlineData("Police shut down Matrix", "The nightclub was closed after a shooting in which two people died; a man was arrested.")]
    [InlineData("Razzia im Matrix: Polizei findet Kokain", "In dem Klub in Bochum wurden drei Männer festgenommen.")]
    [InlineData("Dealers arrested after match", "Police seized cocaine at a pub where fans watched the game via Sky.")]
    public void A_name_that_means_something_else_is_none(string title, string summary)
    {
        var verdict = Detectors.BuiltIn.Examine(new ArticleText(title, summary));

        Assert.Empty(verdict.Networks);
        Assert.False(verdict.Alert);
    }
}
