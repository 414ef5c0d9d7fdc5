namespace FeedWatch.Incidents.Known;

/// <summary>A takedown that FeedWatch was told of when it was built. Knowledge, never a reason to stay silent.</summary>
internal sealed class KnownIncident
{
    /// <summary>Canonical name, as the detector gives it.</summary>
    public string Network { get; set; } = "";

    /// <summary>The day on which it was announced.</summary>
    public string Announced { get; set; } = "";

    /// <summary>Canonical names of its operations.</summary>
    public List<string> Operations { get; set; } = [];

    /// <summary>Figures by which a report without a name can be told, as <c>kind/value</c>; large ones only.</summary>
    public List<string> Figures { get; set; } = [];
}
