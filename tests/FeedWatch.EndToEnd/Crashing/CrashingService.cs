namespace FeedWatch.EndToEnd.Crashing;

/// <summary>One service over one data folder, killed again and again while hits are planted, and left to finish in the end.</summary>
/// <param name="farm">The feeds.</param>
/// <param name="folder">The data folder.</param>
/// <param name="bus">The settings that lead to a broker, and to a bot that posts; without them the channels are in the service.</param>
internal sealed class CrashingService(HitFarm farm, DirectoryInfo folder, params string[] bus)
{
    /// <summary>Where the file channel writes.</summary>
    public string Told => Path.Combine(folder.FullName, "told.jsonl");

    /// <summary>Plants a hit and lets a round die at a fault point.</summary>
    /// <returns>Whether it came to the point.</returns>
    public async Task<bool> DieAtAsync(string point)
    {
        farm.Plant();
        await using var service = FeedWatchProcess.StartDoomed(point, ["run", "--once", .. Arguments]);
        return await service.EndedAsync() == FeedWatchProcess.Killed;
    }

    /// <summary>Plants a hit and kills the service some time after its first request, or after its start.</summary>
    public async Task KillAfterAsync(TimeSpan delay, bool fromFirstRequest)
    {
        farm.Plant();
        var before = farm.Requests;
        await using var service = Start();
        if (fromFirstRequest) await service.WaitForAsync(_ => farm.Requests > before);
        await Task.Delay(delay);
        await service.KillAsync();
    }

    /// <summary>The service as it always runs.</summary>
    public FeedWatchProcess Start() => FeedWatchProcess.Start(["run", .. Arguments]);

    public FeedWatchProcess StartBot() => FeedWatchProcess.Start(["bot", .. BotArguments, "--data", folder.FullName]);

    /// <summary>One of several bots that share the queue, the channel and a store.</summary>
    /// <param name="name">Of its own data folder.</param>
    /// <param name="store">The settings that lead to the store.</param>
    public FeedWatchProcess StartBot(string name, params string[] store) => FeedWatchProcess.Start(["bot", .. BotArguments, .. store, "--data", Path.Combine(folder.FullName, name)]);

    /// <summary>A bot that dies at a fault point, when an event has come to it.</summary>
    public FeedWatchProcess StartDoomedBot(string point) => FeedWatchProcess.StartDoomed(point, ["bot", .. BotArguments, "--data", folder.FullName]);

    /// <summary>A round to the end: everything that is in the feeds or was left lying is told.</summary>
    public async Task FinishAsync()
    {
        var (code, _, log) = await FeedWatchProcess.RunAsync(["run", "--once", .. Arguments]);
        if (code != 0) throw new InvalidOperationException($"The last round ended with {code}:\n{log}");
    }

    /// <summary>What another installation tells of the same feeds, undisturbed: the same facts under the same ids.</summary>
    public async Task<IReadOnlyList<ToldEvent>> UndisturbedAsync()
    {
        var control = new CrashingService(farm, folder.CreateSubdirectory("control"));
        await control.FinishAsync();
        return ToldEvent.In(control.Told);
    }

    private string[] Arguments =>
    [
        "--feeds", farm.ListIn(folder.FullName), "--data", folder.FullName, "--Fetching:AllowedNetworks:0=127.0.0.0/8",
        "--Polling:MinimumInterval=1s", "--Polling:HostSpacing=0s", "--Polling:PerHost=8", "--Alerts:UpdateWindow=0s", "--Alerts:BurstCap=10000",
        .. bus.Length == 0 ? Channel : bus,
    ];

    private string[] BotArguments => [.. Channel, .. bus];

    /// <summary>The settings that lead to the file.</summary>
    public string[] Channel => ["--Chat:Channels:0:Type=file", $"--Chat:Channels:0:Path={Told}", "--Chat:Routes:0:Events:0=*"];
}
