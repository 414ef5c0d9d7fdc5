namespace FeedWatch.Detection;

/// <summary>A name that reports gave to a network.</summary>
/// <param name="Name">As they wrote it.</param>
/// <param name="IsConfirmed">Whether two outlets gave it: what one alone says may be misread. A listed name needs no second one.</param>
/// <param name="IsInNews">Whether one gave it these weeks. Until it is history it stands in headlines with neither phone nor chat beside it.</param>
public sealed record KnownName(string Name, bool IsConfirmed = true, bool IsInNews = false);
