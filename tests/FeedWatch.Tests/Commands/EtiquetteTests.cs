using FeedWatch.Commands.Etiquette;

namespace FeedWatch.Tests.Commands;

public sealed class EtiquetteTests
{
    [Fact]
    public async Task A_publisher_has_nothing_to_complain_about()
    {
        var judged = await EtiquetteCommand.RunAsync([], TestContext.Current.CancellationToken);

        Assert.True(judged.Count >= 20);
        Assert.Empty(judged.Where(j => !j.Kept).Select(j => $"{j.Rule}: {j.Seen}"));
    }
}
