using FeedWatch.Detecting;
using FeedWatch.Detection;
using FeedWatch.Detection.Lexicons;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace FeedWatch.Tests.Detecting;

public sealed class LiveDetectorTests : IDisposable
{
    private static readonly ArticleText Invented = new("Police dismantle encrypted phone network, 40 arrested", "The phones of Quibblefone were sold to organised crime, Europol said.");

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("feedwatch-lexicon-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void A_network_added_to_the_folder_is_known_without_a_restart()
    {
        using var detector = Detector();

        Write("networks:\n  - name: Quibblefone\n    spellings: [quibblefone]\n");
        detector.Look();

        Assert.Contains(detector.Current.Examine(Invented).Networks, n => n is { Name: "Quibblefone", Listed: true });
    }

    [Fact]
    public void A_wrong_file_is_refused_and_the_last_good_lexicon_stays()
    {
        using var detector = Detector();
        var before = detector.Current;

        Write("networks:\n  - name: Quibblefone\n    spelings: [quibblefone]\n");
        detector.Look();

        Assert.Same(before, detector.Current);
    }

    [Fact]
    public void A_wrong_file_at_the_start_names_file_and_line()
    {
        Write("networks:\n  - name: Quibblefone\n    spelings: [quibblefone]\n");

        var fault = Assert.Throws<LexiconException>(() => Detector());

        Assert.Equal(("networks.yaml", 3), (fault.File, fault.Line));
    }

    private LiveDetector Detector() => new(Options.Create(new DetectionOptions { LexiconFolder = folder.FullName }), TimeProvider.System, NullLogger<LiveDetector>.Instance);

    private void Write(string yaml) => File.WriteAllText(Path.Combine(folder.FullName, "networks.yaml"), yaml);
}
