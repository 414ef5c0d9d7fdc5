using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using FeedWatch.Chat.Storing;
using FeedWatch.Commands.Articles;
using FeedWatch.Commands.Chats;
using FeedWatch.Commands.Configuring;
using FeedWatch.Commands.Etiquette;
using FeedWatch.Commands.Feeds;
using FeedWatch.Commands.Incidents;
using FeedWatch.Commands.Keeping;
using FeedWatch.Commands.Letters;
using FeedWatch.Commands.Replaying;
using FeedWatch.Detection.Lexicons;
using FeedWatch.Hosting;
using FeedWatch.Hosting.Effective;
using FeedWatch.Sources.Lists;
using FeedWatch.Storage;
using Microsoft.Extensions.Options;

namespace FeedWatch.Commands;

/// <summary>The command line: which commands there are, and how faults become lines and exit codes.</summary>
internal static class CommandLine
{
    /// <summary>Then the process is ended, whatever it does. Two seconds by default, which would cut a host off that has ten to stop.</summary>
    private static readonly TimeSpan LongerThanAHostTakes = TimeSpan.FromSeconds(15);

    public static Task<int> RunAsync(string[] args, CancellationToken cancellationToken) => RunAsync(args, Console.Out, cancellationToken);

    /// <param name="args">As typed.</param>
    /// <param name="help">Where help and version go.</param>
    /// <param name="cancellationToken">Ends a command that runs on.</param>
    internal static async Task<int> RunAsync(string[] args, TextWriter help, CancellationToken cancellationToken)
    {
        if (!TrySplit(args, out var settings, out var rest, out var fault))
        {
            await Console.Error.WriteLineAsync(fault);
            return ExitCode.Usage;
        }

        var parsed = Root(settings).Parse(rest);
        var faults = parsed.Errors.Select(e => e.Message).Concat(Misspelt(parsed, rest)).ToList();
        if (faults.Count > 0)
        {
            foreach (var line in faults) await Console.Error.WriteLineAsync(line);
            await Console.Error.WriteLineAsync("See feedwatch --help.");
            return ExitCode.Usage;
        }

        try
        {
            var code = await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = help, ProcessTerminationTimeout = LongerThanAHostTakes }, cancellationToken);
            if (parsed.Action is HelpAction) await help.WriteAsync(Examples.Text(parsed));
            return code;
        }
        catch (SettingsException ex)
        {
            return await ComplainAsync(FaultPlaces.With(() => Settings.Sources(settings, RunCommand.Overrides()), ex.Faults), ExitCode.Settings);
        }
        catch (OptionsValidationException ex)
        {
            return await ComplainAsync(FaultPlaces.With(() => Settings.Sources(settings, RunCommand.Overrides()), [.. ex.Failures]), ExitCode.Settings);
        }
        catch (StorageUnreachableException ex)
        {
            return await ComplainAsync([ex.Message], ExitCode.Failed); // whoever starts it again is right to do so
        }
        catch (StorageException ex)
        {
            return await ComplainAsync([ex.Message], ExitCode.Settings);
        }
        catch (LedgerUnavailableException ex)
        {
            return await ComplainAsync([ex.Message], ex.IsAway ? ExitCode.Failed : ExitCode.Settings);
        }
        catch (LexiconException ex)
        {
            return await ComplainAsync([ex.Message], ExitCode.BadInput);
        }
        catch (FeedListException ex)
        {
            return await ComplainAsync(ex.Faults, ExitCode.BadInput);
        }
        catch (BadInputException ex)
        {
            return await ComplainAsync([ex.Message], ExitCode.BadInput);
        }
    }

    internal static RootCommand Root(IReadOnlyList<string> settings)
    {
        var root = new RootCommand("Watches news feeds and tells chats about takedowns of encrypted-phone networks. Any setting can follow as --Section:Key value.");
        RunCommand.Configure(root, settings);
        root.Subcommands.Add(RunCommand.Create(settings));
        root.Subcommands.Add(BotCommand.Create(settings));
        root.Subcommands.Add(ChatCommand.Create(settings));
        root.Subcommands.Add(DetectCommand.Create(settings));
        root.Subcommands.Add(ExplainCommand.Create(settings));
        root.Subcommands.Add(IncidentsCommand.Create(settings));
        root.Subcommands.Add(ReplayCommand.Create(settings));
        root.Subcommands.Add(FitCommand.Create(settings));
        root.Subcommands.Add(ParseCommand.Create());
        root.Subcommands.Add(FeedsCommand.Create(settings));
        root.Subcommands.Add(OutboxCommand.Create(settings));
        root.Subcommands.Add(BackupCommand.Create(settings));
        root.Subcommands.Add(ConfigCommand.Create(settings));
        root.Subcommands.Add(CompletionCommand.Create());
        root.Subcommands.Add(EtiquetteCommand.Create(settings));
        root.Subcommands.Add(HealthCommand.Create(settings));
        return root;
    }

    /// <summary>Options that there are not, which the parser takes for a file or a name where the command wants one. Behind <c>--</c> they are that.</summary>
    private static IEnumerable<string> Misspelt(ParseResult parsed, List<string> typed) => typed.Contains("--") ? [] : parsed.CommandResult.Children
        .OfType<ArgumentResult>()
        .SelectMany(argument => argument.Tokens)
        .Where(token => token.Value.StartsWith("--", StringComparison.Ordinal))
        .Select(token => $"Unrecognized option '{token.Value}'.");

    /// <summary>Takes out <c>--Section:Key value</c> and <c>--Section:Key=value</c>; what is left is the command's own.</summary>
    private static bool TrySplit(string[] args, out List<string> settings, out List<string> rest, out string fault)
    {
        (settings, rest, fault) = ([], [], "");
        for (var i = 0; i < args.Length; i++)
        {
            if (!IsSetting(args[i]))
            {
                rest.Add(args[i]);
                continue;
            }

            settings.Add(args[i]);
            if (args[i].Contains('=')) continue;
            if (++i == args.Length)
            {
                fault = $"{args[^1]} needs a value.";
                return false;
            }

            settings.Add(args[i]);
        }

        return true;
    }

    private static bool IsSetting(string argument) =>
        argument.StartsWith("--", StringComparison.Ordinal) && argument.Length > 2 && char.IsAsciiLetter(argument[2])
        && argument.Split('=', 2)[0].Contains(':', StringComparison.Ordinal);

    private static async Task<int> ComplainAsync(IReadOnlyList<string> faults, int code)
    {
        foreach (var fault in faults) await Console.Error.WriteLineAsync(fault);
        return code;
    }
}

/// <summary>What was given to read cannot be read; the message names it and says what would be right.</summary>
internal sealed class BadInputException(string message) : Exception(message);
