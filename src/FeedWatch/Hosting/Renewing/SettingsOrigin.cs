using FeedWatch.Hosting.Effective;
using FeedWatch.Sources.Lists;
using Microsoft.Extensions.Configuration;

namespace FeedWatch.Hosting.Renewing;

/// <summary>Where the settings of a running command come from, and those that wait to be taken up.</summary>
internal sealed class SettingsOrigin
{
    private readonly IReadOnlyList<string> files;
    private readonly Func<IConfigurationRoot> read;
    private readonly Func<IConfigurationRoot> sources;
    private readonly Action<IConfigurationRoot> check;
    private IConfigurationRoot current;
    private string state;

    /// <param name="files">The settings files.</param>
    /// <param name="read">Reads and checks them.</param>
    /// <param name="sources">The same as they are written, for the places of faults.</param>
    /// <param name="check">What else a start would check.</param>
    /// <exception cref="SettingsException">They are wrong.</exception>
    public SettingsOrigin(IReadOnlyList<string> files, Func<IConfigurationRoot> read, Func<IConfigurationRoot> sources, Action<IConfigurationRoot> check)
    {
        (this.files, this.read, this.sources, this.check) = (files, read, sources, check);
        var before = StateOf(files); // an edit while they are read is seen at the next look
        current = read();
        state = before + StateOf(SecretFiles());
    }

    /// <summary>Whether there are others since <see cref="Take"/>.</summary>
    public bool WasRenewed { get; private set; }

    /// <summary>Those to begin with.</summary>
    public IConfigurationRoot Take()
    {
        WasRenewed = false;
        return current;
    }

    /// <summary>Whether a settings file, or one of a secret, was written, made or removed since this was asked last. Once for each change.</summary>
    public bool HasChanged()
    {
        var now = StateOf(files) + StateOf(SecretFiles());
        if (now == state) return false;
        state = now;
        return true;
    }

    /// <exception cref="SettingsException">They are wrong; nothing has changed.</exception>
    /// <exception cref="FeedListException">The feed list that they name is wrong; nothing has changed.</exception>
    public void Renew()
    {
        var next = read();
        check(next);
        (current, WasRenewed) = (next, true);
    }

    /// <summary>Faults with the places where they are mended.</summary>
    public IReadOnlyList<string> Placed(IReadOnlyList<string> faults) => FaultPlaces.With(sources, faults);

    // The feed list is looked after by itself.
    private IEnumerable<string> SecretFiles() => current.AsEnumerable()
        .Where(s => s.Value is { Length: > 0 } && s.Key.EndsWith("File", StringComparison.OrdinalIgnoreCase) && !s.Key.StartsWith("Feeds:", StringComparison.OrdinalIgnoreCase))
        .Select(s => s.Value!).Order(StringComparer.Ordinal);

    private static string StateOf(IEnumerable<string> paths) => string.Concat(paths.Select(path => new FileInfo(path)).Select(file =>
        file.Exists ? FormattableString.Invariant($"{file.FullName} {file.LastWriteTimeUtc.Ticks} {file.Length}|") : $"{file.FullName}|"));
}
