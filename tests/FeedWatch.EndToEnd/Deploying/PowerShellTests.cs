using System.Management.Automation.Language;

namespace FeedWatch.EndToEnd.Deploying;

/// <summary>The scripts of the Windows service, read by PowerShell's own parser: they cannot be run here.</summary>
public sealed class PowerShellTests
{
    /// <summary>What Windows PowerShell 5.1 has, with the parameters that the scripts use.</summary>
    private static readonly Dictionary<string, string[]> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Set-StrictMode"] = ["Version"],
        ["Join-Path"] = [],
        ["Test-Path"] = ["LiteralPath"],
        ["Get-Command"] = [],
        ["Get-Service"] = ["Name", "ErrorAction"],
        ["Where-Object"] = [],
        ["ForEach-Object"] = [],
        ["Stop-Service"] = ["Name", "Force"],
        ["Start-Service"] = ["Name"],
        ["New-Service"] = ["Name", "BinaryPathName", "DisplayName", "StartupType"],
        ["Resolve-Path"] = ["LiteralPath"],
        ["New-Item"] = ["ItemType", "Path", "Force"],
        ["New-Object"] = [],
        ["Out-Null"] = [],
        ["Get-ChildItem"] = ["LiteralPath", "Force"],
        ["Remove-Item"] = ["LiteralPath", "Recurse", "Force"],
        ["Copy-Item"] = ["Path", "Destination", "Recurse", "Force"],
        ["Set-ItemProperty"] = ["LiteralPath", "Name", "Value"],
        ["ConvertTo-Json"] = ["Depth"],
        ["Write-Output"] = [],
        ["sc.exe"] = [],
    };

    public static TheoryData<string> Scripts => [.. DeployFolder.Files("windows", ".ps1").Select(f => Path.GetFileName(f))];

    [Theory]
    [MemberData(nameof(Scripts))]
    public void A_script_is_well_formed_and_calls_only_what_exists(string script)
    {
        var tree = Parser.ParseFile(Path.Combine(DeployFolder.Path, "windows", script), out _, out var errors);
        var own = tree.FindAll(a => a is FunctionDefinitionAst, searchNestedScriptBlocks: true).Cast<FunctionDefinitionAst>().Select(f => f.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var calls = tree.FindAll(a => a is CommandAst, searchNestedScriptBlocks: true).Cast<CommandAst>().Where(c => c.GetCommandName() is { } name && !own.Contains(name)).ToList();

        Assert.Empty(errors.Select(e => $"{e.Extent.StartLineNumber}: {e.Message}"));
        Assert.NotEmpty(calls);
        Assert.All(calls, call =>
        {
            Assert.True(Known.TryGetValue(call.GetCommandName(), out var parameters), call.Extent.Text);
            Assert.All(call.CommandElements.OfType<CommandParameterAst>(), p => Assert.Contains(p.ParameterName, parameters!, StringComparer.OrdinalIgnoreCase));
        });
    }

    [Theory]
    [MemberData(nameof(Scripts))]
    public void A_script_says_what_it_is_for_and_needs_an_administrator(string script)
    {
        var tree = Parser.ParseFile(Path.Combine(DeployFolder.Path, "windows", script), out _, out _);

        Assert.False(string.IsNullOrWhiteSpace(tree.GetHelpContent()?.Synopsis));
        Assert.True(tree.ScriptRequirements?.IsElevationRequired);
    }
}
