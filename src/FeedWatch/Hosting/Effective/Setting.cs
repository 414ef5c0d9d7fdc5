namespace FeedWatch.Hosting.Effective;

/// <summary>One setting as it stands.</summary>
/// <param name="Name">As configuration writes it, for example <c>Polling:PerHost</c>.</param>
/// <param name="Value">A secret is masked already; null where it is not set and has no default.</param>
/// <param name="Origin">Where the value comes from, in words; null for the default.</param>
internal sealed record Setting(string Name, string? Value, string? Origin);
