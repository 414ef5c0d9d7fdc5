using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace FeedWatch.Sources.Lists;

/// <summary>
/// The <c>auth:</c> of a feed in the YAML list: <c>{ user: me, passwordFile: F }</c>, <c>{ bearerFile: F }</c> or
/// <c>{ header: X-Api-Key, valueFile: F }</c>. A secret itself is refused: lists are shown, mailed and committed.
/// </summary>
internal static partial class YamlFeedAuth
{
    private const string Forms = "write { user: me, passwordFile: FILE }, { bearerFile: FILE } or { header: X-Api-Key, valueFile: FILE }";

    // What HTTP itself or FeedWatch's manners decide.
    private static readonly string[] NotOurs = ["connection", "content-length", "cookie", "expect", "host", "proxy-authorization", "te", "trailer", "transfer-encoding", "upgrade", "user-agent"];

    public static FeedAuth? Read(string path, YamlNode node, Uri url, List<string> faults)
    {
        var at = $"{path}:{node.Start.Line}";
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in (node as YamlMappingNode)?.Children ?? new YamlMappingNode().Children)
        {
            if (key is YamlScalarNode { Value: { } name } && value is YamlScalarNode { Value.Length: > 0 } text) values[name] = text.Value!;
        }

        switch (string.Join(' ', values.Keys.Order(StringComparer.Ordinal)))
        {
            case "passwordFile user":
                return Auth(values["user"], null, values["passwordFile"]);
            case "bearerFile":
                return Auth(null, null, values["bearerFile"]);
            case "header valueFile" when Token().IsMatch(values["header"]) && !NotOurs.Contains(values["header"], StringComparer.OrdinalIgnoreCase):
                return Auth(null, values["header"], values["valueFile"]);
            case "header valueFile":
                faults.Add($"{at}: '{values["header"]}' is no header that a feed's secret may be in.");
                return null;
            case var keys when keys.Split(' ').Any(k => k is "password" or "bearer" or "token" or "value" or "secret"):
                faults.Add($"{at}: a secret has no place in the list; put it into a file and {Forms}.");
                return null;
            default:
                faults.Add($"{at}: 'auth:' cannot be understood; {Forms}.");
                return null;
        }

        FeedAuth Auth(string? user, string? header, string file) =>
            new(user, header, Path.GetFullPath(file, Path.GetDirectoryName(Path.GetFullPath(path))!)) { Origin = FeedAuth.OriginOf(url) };
    }

    [GeneratedRegex("^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}$", RegexOptions.CultureInvariant)]
    private static partial Regex Token();
}
