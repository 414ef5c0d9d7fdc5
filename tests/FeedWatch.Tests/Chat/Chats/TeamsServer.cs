using System.Text;
using System.Text.Json;

namespace FeedWatch.Tests.Chat.Chats;

/// <summary>
/// A workflow of Power Automate that posts cards to Teams, as far as a caller sees it: 202 before anything is posted, errors as
/// <c>error.code</c> and <c>error.message</c>. Cards are held to the schema of Adaptive Cards 1.5 for the elements that we use.
/// </summary>
internal sealed class TeamsServer : IAsyncDisposable
{
    private const int MostBytes = 28 * 1024;

    private static readonly Dictionary<string, string[]> Schema = new()
    {
        ["AdaptiveCard"] = ["$schema", "type", "version", "body", "actions", "msteams"],
        ["RichTextBlock"] = ["type", "spacing", "inlines"],
        ["TextRun"] = ["type", "text", "weight", "size", "color", "isSubtle", "italic", "selectAction"],
        ["Action.OpenUrl"] = ["type", "title", "url"],
    };

    private readonly List<JsonElement> cards = [];
    private ChatServer? server;

    public ChatServer Chat => server!;

    public string Url => new Uri(Chat.Address, "workflows/abc/triggers/manual/paths/invoke?api-version=2016-06-01&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=s-e-c-r-e-t").AbsoluteUri;

    public IReadOnlyList<JsonElement> Cards => cards;

    public static async Task<TeamsServer> StartAsync()
    {
        var teams = new TeamsServer();
        teams.server = await ChatServer.StartAsync(teams.AnswerTo);
        return teams;
    }

    public ValueTask DisposeAsync() => Chat.DisposeAsync();

    /// <summary>All text runs of a card, in order.</summary>
    public static IEnumerable<JsonElement> Runs(JsonElement card) => card.GetProperty("body").EnumerateArray().SelectMany(b => b.GetProperty("inlines").EnumerateArray());

    /// <summary>Fails where the schema does not allow it.</summary>
    public static void Check(JsonElement element)
    {
        var type = element.GetProperty("type").GetString()!;
        Assert.True(Schema.TryGetValue(type, out var allowed), $"{type} is no element that we use.");
        foreach (var property in element.EnumerateObject())
        {
            Assert.Contains(property.Name, allowed!);
            if (property.Name is "body" or "inlines" or "actions") Assert.NotEqual(0, property.Value.GetArrayLength());
            if (property.Name is "body" or "inlines" or "actions") Assert.All(property.Value.EnumerateArray(), Check);
            if (property.Name is "selectAction") Check(property.Value);
            if (property.Name is "text" or "title" or "url") Assert.NotEqual("", property.Value.GetString());
        }
    }

    private Answer AnswerTo(Asked asked)
    {
        if (!asked.Path.StartsWith("/workflows/abc/", StringComparison.Ordinal)) return Error(404, "WorkflowNotFound", "The workflow could not be found.");
        if (!asked.Query.Contains("sig=s-e-c-r-e-t", StringComparison.Ordinal)) return Error(401, "DirectApiAuthorizationRequired", "The request must be authenticated only by Shared Access scheme.");
        if (Encoding.UTF8.GetByteCount(asked.Body) > MostBytes) return Error(413, "RequestEntityTooLarge", "Request Entity too large");
        var attachment = asked.Json.GetProperty("attachments")[0];
        if (asked.Json.GetProperty("type").GetString() != "message" || attachment.GetProperty("contentType").GetString() != "application/vnd.microsoft.card.adaptive")
            return Error(400, "TriggerInputSchemaMismatch", "The input body for trigger 'manual' did not match its schema definition.");

        Check(attachment.GetProperty("content"));
        cards.Add(attachment.GetProperty("content"));
        return new Answer(202);
    }

    private static Answer Error(int status, string code, string message) => Answer.Json(new { error = new { code, message } }, status);
}
