using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace FeedWatch.Tests.Contracts;

/// <summary>What the contract's own documentation says about a record, a property or a value, as one line of plain text.</summary>
internal sealed partial class Docstrings
{
    private readonly Dictionary<string, string> summaries;

    /// <param name="assembly">Beside it lies the documentation that the compiler wrote.</param>
    public Docstrings(Assembly assembly) => summaries = XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml"))
        .Descendants("member")
        .Where(m => m.Element("summary") is not null)
        .ToDictionary(m => m.Attribute("name")!.Value, m => Plain(m.Element("summary")!));

    /// <summary>Empty where nothing is said.</summary>
    public string Of(MemberInfo member) => summaries.GetValueOrDefault(
        member is Type type ? $"T:{type.FullName}" : $"{(member is PropertyInfo ? 'P' : 'F')}:{member.DeclaringType!.FullName}.{member.Name}",
        "");

    private static string Plain(XElement summary)
    {
        var words = summary.Nodes().Select(node => node switch
        {
            XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
            XElement { Name.LocalName: "see" } see => $"`{JsonNamingPolicy.CamelCase.ConvertName(see.Attribute("cref")!.Value.Split('.', ':')[^1])}`",
            _ => node.ToString(),
        });
        return Blanks().Replace(string.Concat(words), " ").Trim();
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
