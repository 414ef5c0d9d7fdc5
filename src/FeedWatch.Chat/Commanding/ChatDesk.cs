using System.Data.Common;
using Dapper;
using FeedWatch.Chat.Delivering;
using FeedWatch.Chat.Muting;
using FeedWatch.Contracts;

namespace FeedWatch.Chat.Commanding;

/// <summary>Mutes for bots, in the ledger that the channels are posted from.</summary>
internal sealed class ChatDesk(DeliveryLedger ledger, Routes routes) : IRequestDesk
{
    /// <summary>Longer than a request stays fresh on any clock that is not refused.</summary>
    private static readonly TimeSpan Remembered = 4 * RequestGate.Window;

    public string Queue => "feedwatch.commands.chat";

    public IReadOnlyList<string> Commands => [RequestTypes.Mute, RequestTypes.Unmute];

    public Task<BotReply?> AnswerAsync(BotRequest request, DateTimeOffset now, CancellationToken cancellationToken) => ledger.ChangeAsync(
        async (connection, transaction) =>
        {
            var values = new { id = $"{request.Id}", now = now.ToUnixTimeMilliseconds(), before = (now - Remembered).ToUnixTimeMilliseconds() };
            await connection.ExecuteAsync("delete from request where asked_at < @before", values, transaction);
            var isNew = await connection.ExecuteAsync("insert into request (id, asked_at) values (@id, @now) on conflict do nothing", values, transaction) > 0;
            return isNew ? Answer(request, now, connection, transaction) : null;
        },
        cancellationToken);

    private BotReply Answer(BotRequest request, DateTimeOffset now, DbConnection connection, DbTransaction transaction)
    {
        switch (request)
        {
            case MuteRequest mute:
                if (Fault(mute.Network, mute.IncidentId, mute.Channel) is { } fault) return No(request, fault);
                if (mute is { Network: null, IncidentId: null, Channel: null }) return No(request, "Name a network, an incident or a channel.");
                if (mute.Minutes is < 1 or > 527_040) return No(request, "minutes must lie between 1 and 527040.");
                var until = now.AddMinutes(mute.Minutes);
                MuteBook.Set(connection, new Mute(What(mute.Network, mute.IncidentId), NameOf(mute.Channel), now, until), transaction);
                return Yes(request, FormattableString.Invariant($"Muted until {until:yyyy-MM-dd HH:mm} UTC."));
            case UnmuteRequest unmute:
                if (Fault(unmute.Network, unmute.IncidentId, unmute.Channel) is { } wrong) return No(request, wrong);
                return MuteBook.End(connection, What(unmute.Network, unmute.IncidentId), NameOf(unmute.Channel), now, transaction)
                    ? Yes(request, "It is told again.")
                    : No(request, "It was not muted.");
            default:
                return No(request, "The chat side does not know this command; send it with its own routing key.");
        }
    }

    private string? Fault(string? network, Guid? incident, string? channel)
    {
        if (network is not null && incident is not null) return "Name a network or an incident, not both.";
        if (network is not null && RoutingKey.Slug(network) == RoutingKey.None) return "This is no name of a network.";
        return channel is not null && NameOf(channel).Length == 0 ? $"There is no such channel; there are: {string.Join(", ", routes.Channels.Select(c => c.Name))}." : null;
    }

    private string NameOf(string? channel) => channel is null ? "" : routes.Channels.FirstOrDefault(c => c.Name.Equals(channel, StringComparison.OrdinalIgnoreCase))?.Name ?? "";

    private static string What(string? network, Guid? incident) => incident is { } id ? Mute.Incident(id) : network is not null ? Mute.Network(network) : Mute.Everything;

    private static BotReply Yes(BotRequest request, string message) => new() { Id = request.Id, Done = true, Message = message };

    private static BotReply No(BotRequest request, string message) => new() { Id = request.Id, Done = false, Message = message };
}
