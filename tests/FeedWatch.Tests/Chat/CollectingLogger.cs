using Microsoft.Extensions.Logging;

namespace FeedWatch.Tests.Chat;

/// <summary>Keeps what is said, as <c>Level: words</c>.</summary>
internal sealed class CollectingLogger<T>(List<string> logged) : ILogger<T>
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (logged) logged.Add($"{logLevel}: {formatter(state, exception)}");
    }
}
