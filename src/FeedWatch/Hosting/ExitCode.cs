namespace FeedWatch.Hosting;

/// <summary>How the process ends. Part of the contract with scripts.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>A feed or a delivery failed.</summary>
    public const int Failed = 1;

    /// <summary>Something given to read (a feed list, a feed, JSON lines) is not readable.</summary>
    public const int BadInput = 2;

    /// <summary>The command line is wrong (EX_USAGE).</summary>
    public const int Usage = 64;

    /// <summary>A setting is wrong (EX_CONFIG).</summary>
    public const int Settings = 78;
}
