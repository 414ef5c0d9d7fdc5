using System.Reflection;
using System.Text.Json.Serialization;

namespace FeedWatch.Health;

/// <summary>How a process stands as a whole.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<HealthStatus>))]
internal enum HealthStatus
{
    /// <summary>It does its work.</summary>
    [JsonStringEnumMemberName("ready")]
    Ready,

    /// <summary>It opens its database or brings it up to date; nothing is polled yet.</summary>
    [JsonStringEnumMemberName("starting")]
    Starting,

    /// <summary>It ends.</summary>
    [JsonStringEnumMemberName("stopping")]
    Stopping,

    /// <summary>Something that it needs is away. It waits for that, loses nothing, and goes on by itself.</summary>
    [JsonStringEnumMemberName("not ready")]
    NotReady,

    /// <summary>A part of it has stopped moving. Only a new start helps.</summary>
    [JsonStringEnumMemberName("stuck")]
    Stuck,
}

/// <summary>What the health pages say.</summary>
/// <param name="Status">The worst of it.</param>
/// <param name="Since">When that began.</param>
/// <param name="Checks">All of them, in the order of an article's way.</param>
internal sealed record HealthReport(HealthStatus Status, DateTimeOffset Since, IReadOnlyList<CheckReport> Checks)
{
    public const string OfFeedWatch = "feedwatch";

    private static readonly string OwnVersion =
        typeof(HealthReport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0.0";

    /// <summary>Tells who asks that it is not another program that answers at this address.</summary>
    public string Service { get; init; } = OfFeedWatch;

    public string Version { get; init; } = OwnVersion;

    [JsonIgnore]
    public bool IsLive => Status is not HealthStatus.Stuck;

    [JsonIgnore]
    public bool IsReady => Status is HealthStatus.Ready;
}

/// <param name="Name">As in <see cref="Check"/>.</param>
/// <param name="Ok">Whether all is well.</param>
/// <param name="Since">When it came to that.</param>
/// <param name="Why">What is not well; null where all is.</param>
/// <param name="Remedy">What to do about it; null where nothing is to be done.</param>
internal sealed record CheckReport(string Name, bool Ok, DateTimeOffset Since, string? Why, string? Remedy);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(HealthReport))]
internal sealed partial class HealthJson : JsonSerializerContext;
