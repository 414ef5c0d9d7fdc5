using FeedWatch.Detection;
using FeedWatch.Detection.Lexicons;

namespace FeedWatch.Tests.Detection;

public sealed class LexiconFolderTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("lexicon").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_file_in_the_folder_extends_the_built_in_one()
    {
        Write("networks.yaml", "networks:\n  - name: Nightingale\n    spellings: [night-ingale]\n");

        var verdict = TakedownDetector.Load(folder).Examine(new("EncroChat and NightIngale users arrested"));

        Assert.Equal(["EncroChat", "Nightingale"], verdict.Networks.Select(network => network.Name).Order());
    }

    [Fact]
    public void A_file_that_says_replace_puts_the_built_in_one_aside()
    {
        Write("networks.yaml", "replace: true\nnetworks:\n  - name: Nightingale\n    spellings: [night-ingale]\n");

        var verdict = TakedownDetector.Load(folder).Examine(new("EncroChat and NightIngale users arrested"));

        Assert.Equal(["Nightingale"], verdict.Networks.Select(network => network.Name));
    }

    [Fact]
    public void A_profile_of_its_own_watches_another_topic()
    {
        Write("profile.yaml", "profile: ransomware-takedowns\nsubject: ransomware gang\ndrops: [networks, operations, concepts/thing, concepts/encrypted, concepts/secret, concepts/channel, concepts/service, against]\n");
        Write("networks.yaml", "networks:\n  - name: LockBit\n    spellings: [lockbit]\n");
        Write("en.yaml", "language: en\nconcepts:\n  thing: [ransomware, ransomware gang, ransomware group, extortion gang]\n  service: [gang, group, site, sites]\n");
        var detector = TakedownDetector.Load(folder);

        var named = detector.Examine(new("Police seize LockBit servers", "Police in ten countries have dismantled the ransomware gang LockBit. Two suspects were arrested and 34 servers seized, Europol said on Tuesday."));
        var unknown = detector.Examine(new("Police dismantle ransomware gang Vexlock", "Officers in five countries took the criminals' extortion site offline and arrested nine people. Investigators had broken into its servers."));
        var phones = detector.Examine(new("Police dismantle EncroChat", "The encrypted phone network was read by police for months and 746 people were arrested."));

        Assert.Equal("ransomware-takedowns", detector.Profile);
        Assert.Equal((Label.Takedown, true), (named.Label, named.Alert));
        Assert.Equal((Label.Takedown, true), (unknown.Label, unknown.Alert));
        Assert.Equal(("Vexlock", false), unknown.Networks.Select(network => (network.Name, network.Listed)).Single());
        Assert.Equal((Label.Unrelated, false), (phones.Label, phones.Alert));
        Assert.Equal(["It names no ransomware gang and no service like one."], phones.Reasons);
    }

    [Theory]
    [InlineData("drops: [networks, nonsense]\n", 1, "No built-in file has 'nonsense'")]
    [InlineData("concepts:\n  thing: [a~b]\n", 2, "not a term")]
    [InlineData("concepts:\n  nonsense: [word]\n", 2, "Unknown concept")]
    [InlineData("language: xx\nwords: [word]\n", 2, "Unknown key")]
    [InlineData("numbers:\n  one: 1\n  two: many\n", 3, "no number")]
    [InlineData("concepts:\n  thing: [one\n  takedown: [two]\n", 2, "does not end")]
    [InlineData("- just\n- a list\n", 1, "mapping")]
    public void A_wrong_file_is_refused_with_its_line(string text, int line, string reason)
    {
        Write("xx.yaml", text);

        var error = Assert.Throws<LexiconException>(() => TakedownDetector.Load(folder));

        Assert.Equal("xx.yaml", error.File);
        Assert.Equal(line, error.Line);
        Assert.Contains(reason, error.Reason, StringComparison.Ordinal);
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(folder, name), text);
}
