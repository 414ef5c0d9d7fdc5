using System.Text;
using System.Xml.Linq;

namespace FeedWatch.Parsing.Elements;

/// <summary>The text of an element as its format means it: escaped, as markup, or in base64.</summary>
internal static class ElementText
{
    public static string Of(XElement element)
    {
        if (element.HasElements) return Markup(element);
        var text = element.Value.Trim();
        return text.Length > 0 && element.HasAttributes && IsBase64(element) ? Decoded(text) : text;
    }

    // XHTML content, or HTML that the publisher forgot to escape. Written by hand: XNode.ToString repeats every namespace, and throws
    // at the prefixes that broken feeds declare.
    private static string Markup(XElement element)
    {
        var html = new StringBuilder();
        foreach (var node in element.Nodes())
        {
            if (node is XCData escaped) html.Append(escaped.Value);
            else Append(html, node);
        }

        return html.ToString().Trim();
    }

    private static void Append(StringBuilder html, XNode node)
    {
        switch (node)
        {
            case XText text:
                html.Append(Escaped(text.Value));
                break;
            case XElement element:
                html.Append('<').Append(element.Name.LocalName);
                foreach (var attribute in element.Attributes().Where(a => !a.IsNamespaceDeclaration))
                    html.Append(' ').Append(attribute.Name.LocalName).Append("=\"").Append(Escaped(attribute.Value).Replace("\"", "&quot;", StringComparison.Ordinal)).Append('"');
                html.Append(element.IsEmpty ? " />" : ">");
                foreach (var child in element.Nodes()) Append(html, child);
                if (!element.IsEmpty) html.Append("</").Append(element.Name.LocalName).Append('>');
                break;
        }
    }

    private static string Escaped(string text) =>
        !text.AsSpan().ContainsAny('&', '<') ? text : text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);

    // RFC 4287, section 4.1.3.3: what is neither text nor XML is base64; Atom 0.3 had a mode for it.
    private static bool IsBase64(XElement element)
    {
        if (element.Attribute("mode")?.Value is { } mode) return mode.Equals("base64", StringComparison.OrdinalIgnoreCase);
        return element.Attribute("type")?.Value is { } type && type.Contains('/', StringComparison.Ordinal)
            && !type.StartsWith("text/", StringComparison.OrdinalIgnoreCase)
            && !type.Contains("xml", StringComparison.OrdinalIgnoreCase) && !type.Contains("json", StringComparison.OrdinalIgnoreCase) && !type.Contains("html", StringComparison.OrdinalIgnoreCase);
    }

    private static string Decoded(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) && System.Text.Unicode.Utf8.IsValid(bytes.AsSpan(0, length)) ? Encoding.UTF8.GetString(bytes, 0, length).Trim() : text;
    }
}
