using FeedWatch.EndToEnd.Services;
using RabbitMQ.Client;

namespace FeedWatch.EndToEnd.Crashing;

/// <summary>What can befall a broker while events are under way, and its end. Each plants a hit while it lasts.</summary>
internal sealed class BrokerFaults(HitFarm farm, RabbitNode rabbit, FeedWatchProcess service)
{
    private const string DiskThatNobodyHas = "100000GB";
    private const string DiskAsBefore = "50MB";

    public IReadOnlyDictionary<string, Func<Task>> All => new Dictionary<string, Func<Task>>
    {
        ["broker killed and started again"] = KilledAsync,
        ["broker unreachable"] = HangsAsync,
        ["broker in disk alarm"] = DiskAlarmAsync,
        ["bot's queue deleted"] = () => DeletedAsync(channel => channel.QueueDeleteAsync("feedwatch.chat")),
        ["archive queue deleted"] = () => DeletedAsync(channel => channel.QueueDeleteAsync("feedwatch.archive")),
        ["exchange deleted"] = () => DeletedAsync(channel => channel.ExchangeDeleteAsync("feedwatch.events")),
        ["broker killed while its queues are new"] = KilledAtFirstAsync,
    };

    private async Task KilledAsync()
    {
        await rabbit.KillAsync();
        await UntilNotTakenAsync();
        await rabbit.StartAgainAsync();
    }

    private async Task HangsAsync()
    {
        await rabbit.HangAsync(true);
        try
        {
            await UntilNotTakenAsync();
        }
        finally
        {
            await rabbit.HangAsync(false);
        }
    }

    private async Task DiskAlarmAsync()
    {
        await rabbit.ControlAsync("set_disk_free_limit", DiskThatNobodyHas);
        try
        {
            await UntilNotTakenAsync();
        }
        finally
        {
            await rabbit.ControlAsync("set_disk_free_limit", DiskAsBefore);
        }
    }

    private async Task DeletedAsync(Func<IChannel, Task> delete)
    {
        await using (var connection = await new ConnectionFactory { Uri = rabbit.Address }.CreateConnectionAsync())
        {
            await using var channel = await connection.CreateChannelAsync();
            await delete(channel);
        }

        farm.Plant();
    }

    /// <summary>RabbitMQ loses queues that it made just before (3.10 always does), and what it has confirmed with them.</summary>
    private async Task KilledAtFirstAsync()
    {
        await DeletedAsync(async channel =>
        {
            await channel.ExchangeDeleteAsync("feedwatch.events");
            await channel.QueueDeleteAsync("feedwatch.archive");
            await channel.QueueDeleteAsync("feedwatch.chat");
        });
        while (!await rabbit.HasQueueAsync("feedwatch.archive")) farm.Plant();
        await rabbit.KillAsync();
        await rabbit.StartAgainAsync();
        farm.Plant();
    }

    /// <summary>Until the service has tried in vain and has said so.</summary>
    private async Task UntilNotTakenAsync()
    {
        var before = Refusals;
        farm.Plant();
        await service.WaitForAsync(_ => Refusals > before);
    }

    private int Refusals => service.Log.Count(l => l.Contains("The bus does not take alerts", StringComparison.Ordinal));
}
