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

    [Theory]
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
