using System.CommandLine;
using FeedWatch.Hosting;

namespace FeedWatch.Commands.Configuring;

/// <summary><c>feedwatch completion</c>: what a shell needs so that the tab key completes commands, options and names of settings.</summary>
internal static class CompletionCommand
{
    // Each asks the program itself, so that it never says what another version knew.
    private static readonly Dictionary<string, string> Scripts = new(StringComparer.Ordinal)
    {
        ["bash"] = """
            _feedwatch() {
                local word
                COMPREPLY=()
                while IFS= read -r word; do
                    case "$word" in "$2"*) COMPREPLY+=("$word") ;; esac
                done < <("$1" "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null)
            }
            complete -o default -F _feedwatch feedwatch
            """,
        ["zsh"] = """
            #compdef feedwatch
            _feedwatch() {
                local -a found
                found=("${(@f)$("${words[1]}" "[suggest:$CURSOR]" "$BUFFER" 2>/dev/null)}")
                compadd -a found
            }
            compdef _feedwatch feedwatch
            """,
        ["fish"] = """
            complete -c feedwatch -f -a '(set -l line (commandline -cp); feedwatch "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null)'
            """,
        ["pwsh"] = """
            Register-ArgumentCompleter -Native -CommandName feedwatch -ScriptBlock {
                param($word, $line, $cursor)
                feedwatch "[suggest:$cursor]" "$line" 2>$null | Where-Object { $_ -like "$word*" } |
                    ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
            }
            """,
    };

    public static Command Create()
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh, fish or pwsh." };
        shell.AcceptOnlyFromAmong([.. Scripts.Keys]);
        var command = new Command(
            "completion",
            "Print a script with which a shell completes commands, options and names of settings.");
        command.Arguments.Add(shell);
        command.SetAction(async (parsed, _) =>
        {
            await Console.Out.WriteAsync(Scripts[parsed.GetRequiredValue(shell)].ReplaceLineEndings("\n") + "\n");
            return ExitCode.Done;
        });
        return command;
    }
}
