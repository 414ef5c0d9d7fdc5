using System.Globalization;
using FeedWatch.Storage;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace FeedWatch.Demo;

/// <summary>The made-up news day that <c>--demo</c> replays; written in <c>timeline.yaml</c>.</summary>
internal sealed class DemoTimeline
{
    public List<DemoOutlet> Feeds { get; set; } = [];

    public List<DemoItem> Items { get; set; } = [];

    /// <summary>When the last thing happens, counted from the start.</summary>
    public TimeSpan Length => Items.Select(i => i.Offset).Concat(Items.Select(i => i.TakenBackAfter).OfType<TimeSpan>()).Max();

    public static DemoTimeline Load()
    {
        using var file = typeof(DemoTimeline).Assembly.GetManifestResourceStream("timeline.yaml")
            ?? throw new InvalidOperationException("The demo's timeline is not in the program.");
        var yaml = new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).Build();
        var timeline = yaml.Deserialize<DemoTimeline>(new StreamReader(file));
        for (var i = 0; i < timeline.Items.Count; i++) timeline.Items[i].Number = i + 1;
        return timeline;
    }
}

internal sealed class DemoOutlet
{
    public string Id { get; set; } = "";
    public string Name { get; set; } = "";
    public string Language { get; set; } = "";
    public string Country { get; set; } = "";

    /// <summary><c>rss</c> or <c>atom</c>.</summary>
    public string Format { get; set; } = "rss";
}

internal sealed class DemoItem
{
    public string At { get; set; } = "0s";

    /// <summary>When it says that it was published; as it appears where it says nothing else.</summary>
    public string? Dated { get; set; }

    /// <summary>When the demo's operator takes back what was told of it.</summary>
    public string? TakenBack { get; set; }

    /// <summary>The reason the operator gives.</summary>
    public string Why { get; set; } = "";

    public string Feed { get; set; } = "";
    public string Title { get; set; } = "";
    public string Summary { get; set; } = "";
    public string Content { get; set; } = "";

    /// <summary>What a careful reader would call it: takedown, followup, background or unrelated.</summary>
    public string Expect { get; set; } = "";

    /// <summary>Why a plain keyword filter would have raised an alarm.</summary>
    public string Note { get; set; } = "";

    [YamlIgnore]
    public int Number { get; set; }

    [YamlIgnore]
    public TimeSpan Offset => Read(At);

    [YamlIgnore]
    public TimeSpan PublishedAfter => Read(Dated ?? At);

    [YamlIgnore]
    public TimeSpan? TakenBackAfter => TakenBack is null ? null : Read(TakenBack);

    [YamlIgnore]
    public string Path => string.Create(CultureInfo.InvariantCulture, $"/{Feed}/{Number}");

    private static TimeSpan Read(string time) => Duration.TryParse(time, out var offset) ? offset : throw new FormatException($"'{time}' is no time in the demo.");
}
