using System.Runtime.CompilerServices;

namespace FeedWatch.Tests.Contracts;

/// <summary>Where the contract lies that other people's bots read: <c>deploy/contract</c>.</summary>
internal static class ContractFolder
{
    public static string Path(params string[] below) => System.IO.Path.Combine([Root(), .. below]);

    private static string Root([CallerFilePath] string here = "") =>
        System.IO.Path.GetFullPath(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(here)!, "..", "..", "..", "deploy", "contract"));
}
