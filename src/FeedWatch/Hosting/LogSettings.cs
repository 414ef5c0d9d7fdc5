using System.Runtime.Versioning;
using FeedWatch.Chat.Storing;
using FeedWatch.Detection.Lexicons;
using FeedWatch.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting.WindowsServices;
using Microsoft.Extensions.Logging.EventLog;
using Microsoft.Extensions.Options;
using Serilog;
using Serilog.Events;
using Serilog.Extensions.Logging;
using Serilog.Templates;
using Serilog.Templates.Themes;

namespace FeedWatch.Hosting;

/// <summary>
/// Logs go to stderr, so that stdout carries alerts and nothing else: readable on a terminal, compact JSON otherwise,
/// either one by <c>Serilog:Console</c> (<c>auto</c>, <c>text</c>, <c>json</c>, <c>none</c>). A Windows service, which has neither, tells warnings
/// and worse to the event log. Everything else in the section
/// (levels, <c>WriteTo</c> with the file sink) is Serilog's own.
/// </summary>
internal static class LogSettings
{
    public const string Section = "Serilog";
    private const string EventSource = "FeedWatch"; // install-service.ps1 makes it known

    /// <summary>As Serilog's compact format with rendered messages (CLEF), whose formatter puts every name in quotes, escaped.</summary>
    private const string JsonLine = "{ {@t, @m, @i, @l: if @l = 'Information' then undefined() else @l, @x, @tr, @sp, ..@p} }\n";

    private const string Line = "{@t:yyyy-MM-dd HH:mm:ss} {@l:u3} {@m}\n{@x}";

    /// <exception cref="SettingsException"><c>Serilog:Console</c> has an unknown value, or a sink cannot be made.</exception>
    public static ILogger Logger(IConfiguration configuration)
    {
        var logs = new LoggerConfiguration()
            .MinimumLevel.Information()
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .MinimumLevel.Override("Microsoft.Hosting.Lifetime", LogEventLevel.Warning)
            .MinimumLevel.Override("System.Net.Http", LogEventLevel.Warning)
            .MinimumLevel.Override("MassTransit", LogEventLevel.Fatal) // it reports a lost broker several times a second and a refused event with a page of trace; the relay says it once
            .MinimumLevel.Override("MassTransit.ReceiveTransport", LogEventLevel.Error)
            .MinimumLevel.Override("Quartz", LogEventLevel.Warning)
            .Filter.ByExcluding(IsSaidOtherwise)
            .Enrich.FromLogContext();
        if (OperatingSystem.IsWindows() && WindowsServiceHelpers.IsWindowsService()) logs.WriteTo.Providers(EventLog(), LogEventLevel.Warning);
        try
        {
            logs.ReadFrom.Configuration(configuration);
        }
        catch (Exception ex) when (ex is InvalidOperationException or ArgumentException or FormatException or IOException or UnauthorizedAccessException)
        {
            throw new SettingsException([$"Serilog: {ex.Message}"]);
        }

        return (configuration[$"{Section}:Console"]?.ToLowerInvariant() ?? "auto") switch
        {
            "text" => Text(logs).CreateLogger(),
            "json" => Json(logs).CreateLogger(),
            "none" => logs.CreateLogger(),
            "auto" => (Console.IsErrorRedirected ? Json(logs) : Text(logs)).CreateLogger(),
            var other => throw new SettingsException([$"Serilog:Console '{other}' is unknown; it is one of auto, text, json, none."]),
        };
    }

    [SupportedOSPlatform("windows")]
    private static LoggerProviderCollection EventLog()
    {
        var providers = new LoggerProviderCollection();
        providers.AddProvider(new EventLogLoggerProvider(new EventLogSettings { SourceName = EventSource }));
        return providers;
    }

    // To the host a start that was called off is a fault, with a page of trace.
    // A start that fails is said in one line by the command, on standard error, which a Windows service does not have.
    private static bool IsSaidOtherwise(LogEvent line) => line.MessageTemplate.Text == "Hosting failed to start"
        && (line.Exception is OperationCanceledException
            || (line.Exception is StorageException or LedgerUnavailableException or LexiconException or OptionsValidationException && !(OperatingSystem.IsWindows() && WindowsServiceHelpers.IsWindowsService())));

    private static LoggerConfiguration Text(LoggerConfiguration logs) => logs.WriteTo.Console(
        new ExpressionTemplate(Line, theme: HasColour ? TemplateTheme.Literate : null),
        standardErrorFromLevel: LogEventLevel.Verbose);

    private static LoggerConfiguration Json(LoggerConfiguration logs) =>
        logs.WriteTo.Console(new ExpressionTemplate(JsonLine), standardErrorFromLevel: LogEventLevel.Verbose);

    private static bool HasColour => !Console.IsErrorRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
}
