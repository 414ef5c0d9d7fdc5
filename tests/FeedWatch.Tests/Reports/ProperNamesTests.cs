using FeedWatch.Detection;
using FeedWatch.Reports;

namespace FeedWatch.Tests.Reports;

public sealed class ProperNamesTests
{
    [Fact]
    public void A_place_is_a_name_and_a_police_force_a_weekday_and_a_word_of_the_subject_are_none()
    {
        var text = new ArticleText(
            "Ermittler heben Netz aus",
            "Die Staatsanwaltschaft und das Bundeskriminalamt haben am Dienstag in Regensburg die Betreiber einer Plattform für Kryptohandys festgenommen. Sie sitzen in Straubing.");

        var names = ProperNames.Of(text, TakedownDetector.BuiltIn().Examine(text).Terms);

        Assert.Contains("regens", names);
        Assert.Contains("straub", names);
        Assert.DoesNotContain("bundes", names);
        Assert.DoesNotContain("dienst", names);
        Assert.DoesNotContain("krypto", names);
        Assert.DoesNotContain("staats", names);
    }
}
